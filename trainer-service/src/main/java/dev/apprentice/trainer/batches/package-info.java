/** Reads a run's batches from its topic, in order. */
package dev.apprentice.trainer.batches;
