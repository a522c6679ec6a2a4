package dev.apprentice.prompts.jinja.value;

import java.util.Arrays;

/**
 * A string that records the author of each character. Two texts with equal characters are equal, even if their authors differ.
 *
 * <p>Lengths and positions in this class are in UTF-16 units.
 */
public final class Text implements Comparable<Text> {

    public static final Text EMPTY = new Text("", null);

    private final String value;
    /** The author of each UTF-16 unit; null if all of it is the template's. */
    private final int[] authors;

    private Text(String value, int[] authors) {
        this.value = value;
        this.authors = authors;
    }

    /** Returns a text of the template. */
    public static Text of(String value) {
        return new Text(value, null);
    }

    /** Returns a text of one author; see {@link Rendered#TEMPLATE}. */
    public static Text of(String value, int author) {
        if (author == Rendered.TEMPLATE || value.isEmpty()) {
            return of(value);
        }
        int[] authors = new int[value.length()];
        Arrays.fill(authors, author);
        return new Text(value, authors);
    }

    public static Text of(String value, int... authors) {
        return new Text(value, authors);
    }

    public int length() {
        return value.length();
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    public int author(int at) {
        return authors == null ? Rendered.TEMPLATE : authors[at];
    }

    /** Returns the author with the highest number in it; the template if all of it is the template's. */
    public int anyAuthor() {
        return authors == null ? Rendered.TEMPLATE : Arrays.stream(authors).max().orElse(Rendered.TEMPLATE);
    }

    public int[] authors() {
        return authors;
    }

    public Text part(int from, int to) {
        return from == 0 && to == value.length()
                ? this
                : new Text(value.substring(from, to), authors == null ? null : Arrays.copyOfRange(authors, from, to));
    }

    /**
     * Returns a string that was derived from this one. If both have equal length, each position keeps its author; otherwise all
     * of it gets {@link #anyAuthor()}.
     */
    public Text derive(String made) {
        if (authors == null) {
            return of(made);
        }
        return made.length() == value.length() ? new Text(made, authors) : of(made, anyAuthor());
    }

    @Override
    public int compareTo(Text other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && text.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
