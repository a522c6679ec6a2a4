/**
 * dataset-service: lessons and exams.
 *
 * <p>In the order of the story: examples come in ({@code api}, {@code download}, {@code example}) and are kept
 * ({@code catalog}); a run is bound to what a dataset holds at that moment ({@code run}); its examples become batches
 * ({@code lesson}); every checkpoint sits the run's exam ({@code exam}).
 */
package dev.apprentice.dataset;
