package dev.apprentice.model.training;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.GenerationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A process of its own, in which nothing but the model's memory moves. Prints the growth of its resident memory in KiB. */
final class ManySteps {

    private static final int WARM_UP = 1_000;
    private static final int STEPS = 2_000;
    private static final TokenBatch BATCH =
            new TokenBatch(new int[] {10, 11, 12, 13, 20, 21}, new int[] {4, 2}, new int[] {1, 1}, false);
    private static final GenerationSettings SETTINGS = new GenerationSettings(2, Set.of());

    private ManySteps() {}

    public static void main(String[] arguments) throws IOException {
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(Path.of(arguments[0])));
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS)) {
            run(model, tuning, WARM_UP);
            long before = residentKibibytes();
            run(model, tuning, STEPS);
            System.out.println(residentKibibytes() - before);
        }
    }

    private static void run(LanguageModel model, FineTuning tuning, int steps) {
        for (int step = 0; step < steps; step++) {
            tuning.step(List.of(BATCH, BATCH), 1e-4);
            if (step % 4 == 0) {
                model.loss(BATCH);
                model.generate(List.of(new int[] {1, 2}, new int[] {3}), SETTINGS);
            }
        }
    }

    private static long residentKibibytes() throws IOException {
        Runtime.getRuntime().gc();
        return Files.readAllLines(NativeMemoryTest.STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElseThrow();
    }
}
