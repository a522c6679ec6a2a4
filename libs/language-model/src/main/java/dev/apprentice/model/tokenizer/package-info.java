/** Texts to token ids and back, as Hugging Face's tokenizers do it; rows of ids with their targets. */
package dev.apprentice.model.tokenizer;
