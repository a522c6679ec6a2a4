package dev.apprentice.prompts.jinja.value;

/** What has attributes of its own, such as {@code loop}. */
public interface Attributed {

    /** Its value; an {@link Undefined} if there is no such attribute. */
    Object attribute(String name);
}
