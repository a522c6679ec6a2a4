/**
 * Models and datasets from the Hugging Face hub: named as {@code hf:organisation/name@revision}, fetched once, kept in the hub's own
 * cache on this machine and shared there with Python's huggingface_hub.
 */
package dev.apprentice.model.hub;
