/** Converts texts to token ids and back, as Hugging Face's tokenizers do, and builds rows of ids with their targets. */
package dev.apprentice.model.tokenizer;
