package dev.apprentice.prompts.jinja.node;

/** Something with a value. */
@FunctionalInterface
public interface Expression {

    Object value(Scope scope);
}
