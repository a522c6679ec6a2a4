/** Trains one run, from the base model to its last step. Begin reading with {@link dev.apprentice.trainer.training.TrainingLoop}. */
package dev.apprentice.trainer.training;
