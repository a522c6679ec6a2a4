/**
 * Decides whose turn it is: {@link dev.apprentice.trainer.queue.Trainer} trains one run after the other. No other package depends
 * on this one.
 */
package dev.apprentice.trainer.queue;
