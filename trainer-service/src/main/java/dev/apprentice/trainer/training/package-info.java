/** One run, from the base model to its last step. {@link dev.apprentice.trainer.training.TrainingLoop} is the page to begin with. */
package dev.apprentice.trainer.training;
