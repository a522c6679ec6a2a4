/** Text from a model: key-value cache, greedy decoding and sampling, stop ids and stop strings. */
package dev.apprentice.model.generation;
