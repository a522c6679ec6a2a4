/** What reading data comes to: what was taken, what was not and why, or a refusal of the whole. */
package dev.apprentice.dataset.datasets.reading.outcome;
