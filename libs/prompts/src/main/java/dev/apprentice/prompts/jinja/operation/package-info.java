/** The operations on values: arithmetic, comparison, attributes and methods, formatting. */
package dev.apprentice.prompts.jinja.operation;
