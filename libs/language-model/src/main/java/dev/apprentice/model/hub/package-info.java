/**
 * Models and datasets from the Hugging Face hub. They are named as {@code hf:organisation/name@revision}, downloaded once, and
 * kept in the hub's cache on this machine, which is shared with Python's huggingface_hub.
 */
package dev.apprentice.model.hub;
