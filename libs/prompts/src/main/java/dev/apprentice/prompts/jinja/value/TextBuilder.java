package dev.apprentice.prompts.jinja.value;

import java.util.Arrays;

/** Builds a {@link Text} from parts, each with its author. */
public final class TextBuilder {

    private final Budget budget;
    private final StringBuilder value = new StringBuilder();
    private int[] authors;

    public TextBuilder(Budget budget) {
        this.budget = budget;
    }

    public int length() {
        return value.length();
    }

    public TextBuilder append(String words) {
        return append(words, Rendered.TEMPLATE);
    }

    public TextBuilder append(String words, int author) {
        int from = grow(words);
        if (author != Rendered.TEMPLATE || authors != null) {
            mark(from);
            Arrays.fill(authors, from, value.length(), author);
        }
        return this;
    }

    public TextBuilder append(Text text) {
        int from = grow(text.toString());
        if (text.authors() != null || authors != null) {
            mark(from);
            if (text.authors() != null) {
                System.arraycopy(text.authors(), 0, authors, from, text.length());
            }
        }
        return this;
    }

    private int grow(String words) {
        budget.requireSize((long) value.length() + words.length());
        int from = value.length();
        value.append(words);
        return from;
    }

    private void mark(int from) {
        if (authors == null) {
            authors = new int[Math.max(64, value.length() * 2)];
        } else if (authors.length < value.length()) {
            authors = Arrays.copyOf(authors, value.length() * 2);
            Arrays.fill(authors, from, authors.length, Rendered.TEMPLATE);
        }
    }

    public Text build() {
        return authors == null ? Text.of(value.toString()) : Text.of(value.toString(), Arrays.copyOf(authors, value.length()));
    }
}
