/** Finds examples that are nearly equal. */
package dev.apprentice.dataset.datasets.similarity;
