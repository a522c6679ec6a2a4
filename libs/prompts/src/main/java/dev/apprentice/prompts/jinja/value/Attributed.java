package dev.apprentice.prompts.jinja.value;

/** A value with attributes, such as {@code loop}. */
public interface Attributed {

    /** Returns the attribute's value; an {@link Undefined} if there is no such attribute. */
    Object attribute(String name);
}
