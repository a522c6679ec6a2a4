/** The values of a template: text that remembers who wrote it, lists, mappings, numbers, what can be called; and the budget that bounds them. */
package dev.apprentice.prompts.jinja.value;
