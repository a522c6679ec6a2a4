/** Parses a template's text into tokens and then into a tree. */
package dev.apprentice.prompts.jinja.parse;
