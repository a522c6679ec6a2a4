package dev.apprentice.prompts.jinja.node;

/** A node of the tree that has a value. */
@FunctionalInterface
public interface Expression {

    Object value(Scope scope);
}
