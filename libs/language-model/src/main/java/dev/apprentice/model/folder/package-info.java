/** A model's folder in Hugging Face's layout: configuration, weights, tokenizer, adapters. */
package dev.apprentice.model.folder;
