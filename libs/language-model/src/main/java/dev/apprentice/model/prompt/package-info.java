/** Prompt styles, adapted to a model's folder and its tokenizer. */
package dev.apprentice.model.prompt;
