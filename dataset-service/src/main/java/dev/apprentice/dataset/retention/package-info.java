/** Deletes what can no longer be needed. */
package dev.apprentice.dataset.retention;
