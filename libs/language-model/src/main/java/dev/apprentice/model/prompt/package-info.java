/** Prompt styles, as a model's folder and its tokenizer take them. */
package dev.apprentice.model.prompt;
