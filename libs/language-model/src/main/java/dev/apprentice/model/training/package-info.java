/** An optimizer step: packed batches, loss, gradients, clipping, AdamW. */
package dev.apprentice.model.training;
