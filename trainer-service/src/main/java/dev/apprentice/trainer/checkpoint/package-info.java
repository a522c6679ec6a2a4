/**
 * Checkpoints on disk and in an object store. Each is complete or absent, and holds all that is needed to go on as if nothing had
 * happened.
 */
package dev.apprentice.trainer.checkpoint;
