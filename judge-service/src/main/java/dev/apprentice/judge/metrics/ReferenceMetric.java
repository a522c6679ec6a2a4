package dev.apprentice.judge.metrics;

/** A measure of how close a response is to the reference answer, computed from the two texts without a judge. */
public interface ReferenceMetric {

    /** Returns its name in scores and reports, such as {@code token_f1}. */
    String name();

    /** Returns the value of two equal texts: 1, or 100 if the metric's definition says so. */
    default double best() {
        return 1;
    }

    /**
     * Compares two texts.
     *
     * @param reference the answer that was wanted
     * @param response the answer that was given
     * @return from 0 for nothing in common to {@link #best()} for no difference that the metric measures
     */
    double of(String reference, String response);
}
