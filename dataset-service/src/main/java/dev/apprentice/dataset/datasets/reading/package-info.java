/** Turns entries into examples, and gives a reason for each entry that cannot be used. */
package dev.apprentice.dataset.datasets.reading;
