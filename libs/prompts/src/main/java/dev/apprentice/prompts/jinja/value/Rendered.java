package dev.apprentice.prompts.jinja.value;

import java.util.List;

/**
 * The result of rendering a template.
 *
 * @param text the whole text
 * @param authors the author of each UTF-16 unit: {@link #TEMPLATE}, {@link #OUTSIDE}, or the index of a message + 1; null if all
 *     of it is the template's
 * @param generations the content of {@code generation} blocks, as positions in the text
 */
public record Rendered(String text, int[] authors, List<Span> generations) {

    /** The author of the template's own text, including roles and the names of special tokens. */
    public static final int TEMPLATE = 0;
    /** The author of text from outside that belongs to no message, such as a tool's description. */
    public static final int OUTSIDE = Integer.MAX_VALUE;

    /** A part of the text from (inclusive) to (exclusive), in UTF-16 units. */
    public record Span(int from, int to) {}

    /** Returns the author of the text at a position. */
    public int author(int at) {
        return authors == null ? TEMPLATE : authors[at];
    }
}
