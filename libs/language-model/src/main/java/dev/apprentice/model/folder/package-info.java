/** A model's folder in Hugging Face layout: configuration, weights, tokenizer, adapters. */
package dev.apprentice.model.folder;
