/**
 * Trains models: reads a run's batches, publishes its progress, and writes its checkpoints.
 *
 * <p>The packages from top to bottom; each uses only those below it:
 *
 * <ul>
 *   <li>{@code queue}: which run is trained now, and {@code api}: runs over HTTP
 *   <li>{@code request}: the checks that a run must pass to be accepted
 *   <li>{@code training}: one run, from the base model to its last step
 *   <li>{@code batches}: reading the run's batches; {@code progress}: the events about it
 *   <li>{@code checkpoint}: what is kept on disk, in a way that survives any crash
 *   <li>{@code run}: which runs exist, which of them this instance owns, and how they ended
 * </ul>
 */
package dev.apprentice.trainer;
