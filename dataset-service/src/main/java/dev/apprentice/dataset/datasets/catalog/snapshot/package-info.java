/** Snapshots of a dataset's examples, and the changes that are merged into the next one. */
package dev.apprentice.dataset.datasets.catalog.snapshot;
