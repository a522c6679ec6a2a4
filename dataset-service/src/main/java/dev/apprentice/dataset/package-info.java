/**
 * Makes batches to learn from, and prompts to test with.
 *
 * <p>In the order of the work: examples come in and are kept ({@code datasets}). A run is bound to what a dataset holds at that
 * moment ({@code preparation}, {@code run}). Its examples become batches ({@code batches}). Every checkpoint is asked the run's
 * test questions ({@code prompts}). {@code stream} does this for runs whose examples keep coming. {@code retention} deletes
 * batches of runs that are over. {@code persistence} holds the files, locks and producers that all of these use.
 */
package dev.apprentice.dataset;
