package dev.apprentice.model.lora;

import dev.apprentice.model.family.ReferenceModel;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.FineTuningSettings;
import java.util.List;

/** Trains adapters on all matrices with the first examples. */
final class LoraRuns {

    static final double RATE = 5e-3;

    private LoraRuns() {}

    /** Returns settings with rank 4 and alpha 8, so the scale is 2. */
    static FineTuningSettings lora(double dropout) {
        return FineTuningSettings.DEFAULTS.withLora(new LoraSettings(4, 8, dropout, List.of("all-linear"), 1));
    }

    static void train(FineTuning tuning, ReferenceModel reference, int from, int to) {
        for (int step = from; step < to; step++) {
            tuning.step(List.of(reference.batch(4 * step, 4 * step + 3), reference.batch(4 * step + 3, 4 * step + 4)), RATE);
        }
    }
}
