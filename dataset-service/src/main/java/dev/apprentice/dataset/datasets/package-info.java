/** Datasets: examples come in, are checked, and are kept. */
package dev.apprentice.dataset.datasets;
