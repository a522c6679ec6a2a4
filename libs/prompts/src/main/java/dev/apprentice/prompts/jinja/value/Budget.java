package dev.apprentice.prompts.jinja.value;

/**
 * Limits what a template may consume. It counts steps and characters instead of time, so that a text can either be rendered on
 * every machine or on none.
 */
public final class Budget {

    /** The most steps, which take about a second. Real templates need some hundreds of steps per message. */
    private static final long STEPS = 3_000_000;
    /** The most characters of a text, and the most entries of a list. */
    private static final int SIZE = 4_000_000;
    private static final int CHARACTERS_PER_STEP = 64;
    private static final int NESTING = 48;

    private long left = STEPS;
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
            throw new TemplateException("the template does not come to an end within " + STEPS + " steps");
        }
    }

    public void requireSize(long size) {
        if (size > SIZE) {
            throw new TemplateException("the template makes a text or list of more than " + SIZE + " characters or entries");
        }
        work(size / 16);
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
