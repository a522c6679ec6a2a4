/** Deletes batches that are no longer needed. */
package dev.apprentice.dataset.retention;
