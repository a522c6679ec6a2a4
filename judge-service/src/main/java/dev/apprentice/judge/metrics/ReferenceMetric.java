package dev.apprentice.judge.metrics;

/** How near a response is to the reference answer, found by comparing the two texts. Not a judgement. */
public interface ReferenceMetric {

    /** The name it goes by in scores and reports, such as {@code token_f1}. */
    String name();

    /** The value of two equal texts: 1, or 100 where the metric's definition has it so. */
    default double best() {
        return 1;
    }

    /**
     * Compares two texts.
     *
     * @param reference the answer that was wanted
     * @param response the answer that was given
     * @return 0 for nothing in common to {@link #best()} for no difference that the metric sees
     */
    double of(String reference, String response);
}
