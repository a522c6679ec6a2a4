/** Reads, checks and stores examples as datasets. */
package dev.apprentice.dataset.datasets;
