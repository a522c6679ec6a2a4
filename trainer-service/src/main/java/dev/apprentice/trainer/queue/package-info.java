/** Whose turn it is: {@link dev.apprentice.trainer.queue.Trainer} takes one run after the other and has it trained. Nothing stands on this. */
package dev.apprentice.trainer.queue;
