/** The filters, tests and functions that are available in every template. */
package dev.apprentice.prompts.jinja.builtin;
