package dev.apprentice.judge.metrics;

/** The harmonic mean of precision and recall. */
final class FMeasure {

    private FMeasure() {}

    /**
     * Computes the balanced F-measure.
     *
     * @param common how many elements both texts have in common
     * @param wanted how many the reference has, at least 1
     * @param given how many the response has, at least 1
     */
    static double of(int common, int wanted, int given) {
        return 2.0 * common / (wanted + given);
    }
}
