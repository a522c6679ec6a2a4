/** A parsed template: expressions that have a value, statements that write, and the scope they run in. */
package dev.apprentice.prompts.jinja.node;
