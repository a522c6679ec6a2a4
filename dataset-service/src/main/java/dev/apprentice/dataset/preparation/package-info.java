/** Which runs are wanted, and whose batches are made now. */
package dev.apprentice.dataset.preparation;
