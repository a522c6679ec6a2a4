/** Turns an instruction into the text that a model is asked with. */
package dev.apprentice.prompts;
