/** Publishes the questions of a run's exam for every checkpoint. */
package dev.apprentice.dataset.prompts;
