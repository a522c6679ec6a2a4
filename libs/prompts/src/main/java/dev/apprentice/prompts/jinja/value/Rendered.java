package dev.apprentice.prompts.jinja.value;

import java.util.List;

/**
 * What a template came to.
 *
 * @param text all of it
 * @param authors whose words each UTF-16 unit is: {@link #TEMPLATE}, {@link #OUTSIDE}, or the index of a message + 1; null
 *     where all of it is the template's
 * @param generations what stands in {@code generation} blocks, as positions in the text
 */
public record Rendered(String text, int[] authors, List<Span> generations) {

    /** The template's own words, the roles and the names of special tokens included. */
    public static final int TEMPLATE = 0;
    /** Words that came from outside, but from no message, such as a tool's description. */
    public static final int OUTSIDE = Integer.MAX_VALUE;

    /** From (inclusive) and to (exclusive), in UTF-16 units. */
    public record Span(int from, int to) {}

    /** Whose words stand at a position. */
    public int author(int at) {
        return authors == null ? TEMPLATE : authors[at];
    }
}
