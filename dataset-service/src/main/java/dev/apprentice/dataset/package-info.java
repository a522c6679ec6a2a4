/**
 * Makes batches to learn from, and prompts to test with.
 *
 * <p>In the order of the story: examples come in and are kept ({@code datasets}); a run is bound to what a dataset holds at
 * that moment ({@code preparation}, {@code run}); its examples become batches ({@code batches}); every checkpoint is asked the
 * run's test questions ({@code prompts}). {@code stream} does this for runs whose data keeps coming; {@code retention} deletes
 * what is not needed any more; {@code persistence} is what all of it stands on.
 */
package dev.apprentice.dataset;
