package dev.apprentice.judge.metrics;

/** The harmonic mean of precision and recall. */
final class FMeasure {

    private FMeasure() {}

    /**
     * The balanced F-measure.
     *
     * @param common what both texts have
     * @param wanted what the reference has, at least 1
     * @param given what the response has, at least 1
     */
    static double of(int common, int wanted, int given) {
        return 2.0 * common / (wanted + given);
    }
}
