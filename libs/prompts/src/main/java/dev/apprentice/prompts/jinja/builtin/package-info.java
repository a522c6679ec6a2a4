/** The filters, tests and functions that every template knows. */
package dev.apprentice.prompts.jinja.builtin;
