/** An optimizer step: packed batches, loss, gradients, clipping and AdamW. */
package dev.apprentice.model.training;
