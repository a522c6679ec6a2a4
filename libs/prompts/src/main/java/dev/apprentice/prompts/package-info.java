/** How an instruction becomes the text that a model is asked with. */
package dev.apprentice.prompts;
