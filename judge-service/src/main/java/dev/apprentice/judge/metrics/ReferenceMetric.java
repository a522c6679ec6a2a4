package dev.apprentice.judge.metrics;

/** How near a response is to the reference answer, found by comparing the two texts. Not a judgement. */
public interface ReferenceMetric {

    /** The name it goes by in scores and reports, such as {@code token_f1}. */
    String name();

    /**
     * Compares two texts.
     *
     * @param reference the answer that was wanted
     * @param response the answer that was given
     * @return 0 for nothing in common to 1 for no difference that the metric sees
     */
    double of(String reference, String response);
}
