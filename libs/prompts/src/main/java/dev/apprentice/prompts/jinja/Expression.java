package dev.apprentice.prompts.jinja;

/** Something with a value. */
@FunctionalInterface
interface Expression {

    Object value(Scope scope);
}
