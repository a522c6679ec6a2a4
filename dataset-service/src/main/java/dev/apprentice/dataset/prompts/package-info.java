/** A checkpoint's test prompts: the questions of the run's test split, published for every checkpoint. */
package dev.apprentice.dataset.prompts;
