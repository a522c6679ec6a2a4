/** A causal language model that runs on PyTorch: load it, ask it, fine-tune it. The sub-packages hold the rest of the library. */
package dev.apprentice.model;
