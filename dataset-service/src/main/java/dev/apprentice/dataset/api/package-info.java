/** Datasets, instructions and their withdrawal over HTTP, and what clients may send: how much at once, how slowly, of which type. */
package dev.apprentice.dataset.api;
