package dev.apprentice.prompts.jinja.value;

import java.util.Arrays;

/** Builds a {@link Text} from parts, each with its author. */
public final class TextBuilder {

    /** The work of finding the digits of a number, in characters. */
    private static final int NUMBER = 1000;

    private final Budget budget;
    private final StringBuilder value = new StringBuilder();
    private int[] authors;

    public TextBuilder(Budget budget) {
        this.budget = budget;
    }

    /** Appends a number as Python writes it. The search for its shortest digits is long work. */
    public TextBuilder append(double number) {
        budget.work(NUMBER);
        return append(Numbers.text(number));
    }

    public int length() {
        return value.length();
    }

    public TextBuilder append(String words) {
        return append(words, Rendered.TEMPLATE);
    }

    public TextBuilder append(String words, int author) {
        return append(Text.of(words, author));
    }

    public TextBuilder append(Text text) {
        budget.grow(value.length(), text);
        int from = value.length();
        value.append(text);
        if (text.authors() != null || authors != null) {
            mark(from);
            if (text.authors() != null) {
                System.arraycopy(text.authors(), 0, authors, from, text.length());
            }
        }
        return this;
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
