/** Text from a model: key-value cache, greedy choice and sampling, ends of text, stop strings. */
package dev.apprentice.model.generation;
