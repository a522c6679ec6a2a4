package dev.apprentice.prompts.jinja;

/** What has attributes of its own, such as {@code loop}. */
interface Attributed {

    /** Its value; an {@link Undefined} if there is no such attribute. */
    Object attribute(String name);
}
