/** What the trainer keeps on disk: whole checkpoints or none, and enough in them to go on as if nothing had happened. */
package dev.apprentice.trainer.checkpoint;
