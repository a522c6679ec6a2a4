/** Reads entries of all known layouts: which fields hold the question, the answer and the rest. */
package dev.apprentice.dataset.datasets.layout;
