/** A causal language model that runs on PyTorch: load it, ask it, fine-tune it. The rest of the library lies below. */
package dev.apprentice.model;
