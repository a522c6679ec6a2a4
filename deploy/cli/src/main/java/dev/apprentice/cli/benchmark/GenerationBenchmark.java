package dev.apprentice.cli.benchmark;

import dev.apprentice.model.Device;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.Precision;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.model.training.MatmulRate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Greedy generation of a fixed number of tokens, for a batch of prompts of 40 to 80 tokens each. */
public final class GenerationBenchmark implements AutoCloseable {

    private static final int SHORTEST = 40;
    private static final int LENGTHS = 41;

    private final Precision precision;
    private final int newTokens;
    private final LanguageModel model;
    private final MatmulRate ceiling;

    public GenerationBenchmark(ModelFolder folder, Device device, Precision precision, int newTokens) {
        this.precision = precision;
        this.newTokens = newTokens;
        this.model = LanguageModel.load(folder, device, precision);
        this.ceiling = MatmulRate.of(device, precision);
    }

    /** Returns the generation of one batch as a workload. @param prompts the size of the batch, at least 1 */
    public Workload of(int prompts) {
        List<int[]> ids = IntStream.range(0, prompts).mapToObj(this::prompt).toList();
        GenerationSettings settings = new GenerationSettings(newTokens, Set.of());
        String name = prompts + (prompts == 1 ? " prompt, " : " prompts, ") + name();
        return new Workload(name, "tokens", () -> model.generate(ids, settings).stream()
                .mapToInt(generated -> generated.ids().length)
                .sum());
    }

    /**
     * Describes the model FLOPs utilisation of this model's measurements, a sentence for each.
     *
     * @param card the graphics card's name; empty for a processor
     */
    public List<String> utilisation(List<Measurement> measurements, Optional<String> card) {
        return measurements.stream()
                .filter(measurement -> measurement.name().endsWith(", " + name()))
                .map(measurement -> measurement.name() + ": "
                        + new Utilisation(Utilisation.GENERATION, model.parameterCount(), measurement.median())
                                .describe(ceiling.operationsPerSecond(), card.map(found -> CardPeak.of(found, precision))))
                .toList();
    }

    private String name() {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    /** Returns a prompt. Its tokens do not matter, but rows must differ in length. */
    private int[] prompt(int row) {
        int known = model.configuration().vocabularySize();
        return IntStream.range(0, SHORTEST + row * 13 % LENGTHS)
                .map(position -> (row * 31 + position * 7) % known)
                .toArray();
    }

    @Override
    public void close() {
        model.close();
    }
}
