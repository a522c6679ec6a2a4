/**
 * The values of a template: text that records its authors, lists, mappings, numbers and callables; and the budget that bounds
 * them.
 */
package dev.apprentice.prompts.jinja.value;
