package dev.apprentice.prompts.jinja.value;

/** What a template may use up. Counted in steps and characters, not by the clock, so that a text is rendered or not everywhere alike. */
public final class Budget {

    /** About a second of work. Real templates need some hundreds of steps for a message. */
    private static final long STEPS = 3_000_000;
    /** Characters a text may have, and entries a list. */
    private static final int SIZE = 4_000_000;
    private static final int CHARACTERS_PER_STEP = 64;
    private static final int NESTING = 48;

    private long left = STEPS;
    private int depth;

    public void step() {
        steps(1);
    }

    /** Counts work that grows with the size of what is worked on. */
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
