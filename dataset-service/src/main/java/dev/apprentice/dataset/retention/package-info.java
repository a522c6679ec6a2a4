/** Deletes what nobody can need any more. */
package dev.apprentice.dataset.retention;
