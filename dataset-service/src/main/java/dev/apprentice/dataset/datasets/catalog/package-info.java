/** Stores datasets: their examples, their changes, and how they recover after a crash. */
package dev.apprentice.dataset.datasets.catalog;
