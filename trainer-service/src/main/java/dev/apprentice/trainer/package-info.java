/**
 * Trains models: reads a run's batches, publishes its progress, and writes its checkpoints.
 *
 * <p>From the top down; each uses only those below it:
 *
 * <ul>
 *   <li>{@code queue}: which run is trained now, and {@code api}: runs over HTTP
 *   <li>{@code request}: what a run must be to be accepted
 *   <li>{@code training}: one run, from the base model to its last step
 *   <li>{@code batches}: reading what is learned; {@code progress}: the events about it
 *   <li>{@code checkpoint}: what is kept on disk, and how it survives any crash
 *   <li>{@code run}: which runs there are, which of them are ours, and how they ended
 * </ul>
 */
package dev.apprentice.trainer;
