/** From a template's text by tokens to its tree. */
package dev.apprentice.prompts.jinja.parse;
