/** A dataset's examples at one time, and the changes that make the next snapshot of them. */
package dev.apprentice.dataset.datasets.catalog.snapshot;
