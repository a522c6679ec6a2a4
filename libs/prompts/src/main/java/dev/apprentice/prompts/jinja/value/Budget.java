package dev.apprentice.prompts.jinja.value;

/**
 * Limits what a template may consume. It counts steps and bytes instead of time, so that a text can either be rendered on every
 * machine or on none.
 */
public final class Budget {

    /** The most steps, which take about a second. Real templates need some hundreds of steps per message. */
    private static final long STEPS = 3_000_000;
    /** The most characters of a text, and the most entries of a list. */
    private static final int SIZE = 4_000_000;
    /** The most bytes of all texts and lists together, since a template may keep them all. Steps take as much again at most. */
    private static final long BYTES = 200_000_000;
    private static final int BYTES_PER_ENTRY = 8;
    private static final int BYTES_PER_TEXT = 64;
    private static final int BYTES_PER_CHARACTER = 2;
    /** As {@link #BYTES_PER_CHARACTER}, of a text that records its authors. */
    private static final int BYTES_PER_AUTHORED_CHARACTER = 6;
    private static final int CHARACTERS_PER_STEP = 64;
    private static final int NESTING = 48;

    private long left = STEPS;
    private long bytes = BYTES;
    private int depth;

    public void step() {
        steps(1);
    }

    /** Counts work in proportion to the size of the value. */
    public void work(long size) {
        steps(1 + size / CHARACTERS_PER_STEP);
    }

    private void steps(long count) {
        left -= count;
        if (left < 0) {
            throw new TemplateException("the template needs more than " + STEPS + " steps");
        }
    }

    /** Counts the search for a part in a text, which may compare the whole part at each position. */
    public void search(int text, int part) {
        work(text + (long) Math.max(0, text - part) * part / 16);
    }

    /** Refuses a text of more characters, or a list of more entries, than a template may make. */
    public void requireSize(long size) {
        if (size > SIZE) {
            throw new TemplateException("the template makes a text or list of more than " + SIZE + " characters or entries");
        }
    }

    /** Counts a new list or dict. */
    public void list(long entries) {
        requireSize(entries);
        work(entries);
        bytes(BYTES_PER_TEXT + entries * BYTES_PER_ENTRY);
    }

    /** Counts a new text that is a part of another one. */
    public void part(Text whole, int length) {
        work(length);
        bytes(BYTES_PER_TEXT + length * size(whole));
    }

    /** Counts characters that a text grows by. */
    public void grow(long length, Text by) {
        requireSize(length + by.length());
        work(by.length());
        bytes(by.length() * size(by));
    }

    private static long size(Text text) {
        return text.authors() == null ? BYTES_PER_CHARACTER : BYTES_PER_AUTHORED_CHARACTER;
    }

    private void bytes(long count) {
        bytes -= count;
        if (bytes < 0) {
            throw new TemplateException("the template makes texts and lists of more than " + BYTES + " bytes");
        }
    }

    /** Begins a call of a macro or a recursive loop. */
    public void enter() {
        if (++depth > NESTING) {
            throw new TemplateException("the template calls itself more than " + NESTING + " times deep");
        }
    }

    public void leave() {
        depth--;
    }
}
