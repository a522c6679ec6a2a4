package dev.apprentice.cli.benchmark;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Model FLOPs utilisation (Chowdhery et al., 2022): the operations that the model's mathematics needs, over those that the
 * machine can do. Work that was shared among rows or computed twice makes no difference.
 *
 * @param operationsPerParameter operations for each token: 6 in training, 2 in generation
 */
record Utilisation(int operationsPerParameter, long parameters, double tokensPerSecond) {

    static final int TRAINING = 6;
    static final int GENERATION = 2;

    private static final double TERA = 1e12;
    private static final double PERCENT = 100;

    /** Returns the operations a second that the model's mathematics needs. */
    double rate() {
        return (double) operationsPerParameter * parameters * tokensPerSecond;
    }

    /**
     * Returns the utilisation as text.
     *
     * @param measured operations a second of large matrix products on this machine
     * @param card the card's peak; empty for a processor, which has no data sheet here
     */
    String describe(double measured, Optional<CardPeak.Found> card) {
        String ofMeasured = String.format(
                Locale.ROOT,
                "%d x parameters x tokens come to %.3g TFLOPS, MFU %.1f %% of the measured matmul rate (%.3g TFLOPS)",
                operationsPerParameter, rate() / TERA, PERCENT * rate() / measured, measured / TERA);
        return ofMeasured + card.map(this::ofDataSheet).orElse("");
    }

    private String ofDataSheet(CardPeak.Found card) {
        OptionalDouble peak = card.operationsPerSecond();
        return peak.isPresent()
                ? String.format(
                        Locale.ROOT,
                        ", %.1f %% of the data sheet's (%.4g TFLOPS, %s)",
                        PERCENT * rate() / peak.getAsDouble(), peak.getAsDouble() / TERA, card.name())
                : "; the data sheet's peak of " + card.name() + " is unknown";
    }
}
