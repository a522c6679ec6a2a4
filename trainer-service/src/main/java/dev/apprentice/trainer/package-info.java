/**
 * Trains models: reads a run's batches, publishes its progress, and writes its checkpoints.
 *
 * <ul>
 *   <li>{@code api}: runs over HTTP
 *   <li>{@code run}: which runs there are, which of them are ours, and how they ended
 *   <li>{@code training}: one run, from the base model to the last step
 *   <li>{@code checkpoint}: what is kept on disk, and how it survives any crash
 * </ul>
 */
package dev.apprentice.trainer;
