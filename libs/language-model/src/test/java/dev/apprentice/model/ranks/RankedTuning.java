package dev.apprentice.model.ranks;

import ai.djl.ndarray.NDArray;
import dev.apprentice.model.Device;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.Precision;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.family.ReferenceModel;
import dev.apprentice.model.lora.LoraSettings;
import dev.apprentice.model.network.Target;
import dev.apprentice.model.training.AdamWSettings;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.FineTuningSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rank of a job that tunes a tiny model in several ways. Each rank writes its weights and its optimizer's state; rank 0 prints
 * the losses. The tests also run it in their own process, as one rank.
 */
final class RankedTuning {

    private static final int STEPS = 20;
    private static final int FEW_STEPS = 8;
    private static final double RATE = 1e-3;
    private static final int ROWS_A_STEP = 4;
    private static final int ROWS = 48;

    /** Returns the ways that are trained a second time, with rank 1 always the last to arrive. */
    static List<Way> again(int ranks) {
        return ranks == 2 ? List.of(Way.LORA_WITH_DROPOUT) : List.of(Way.PLAIN);
    }

    /** Ways of training. */
    enum Way {
        PLAIN(FineTuningSettings.DEFAULTS),
        CLIPPED_IN_BFLOAT16(clipped(FineTuningSettings.DEFAULTS.withPrecision(Precision.BFLOAT16))),
        LORA(clipped(FineTuningSettings.DEFAULTS.withLora(new LoraSettings(4, 8, 0, List.of("all-linear"), 1)))),
        LORA_WITH_DROPOUT(FineTuningSettings.DEFAULTS.withLora(new LoraSettings(4, 8, 0.1, List.of("all-linear"), 1))),
        /** The program for graphics cards, on a processor; with several ranks, in passes of few tokens. */
        CARD(FineTuningSettings.DEFAULTS);

        private final FineTuningSettings settings;

        Way(FineTuningSettings settings) {
            this.settings = settings;
        }

        private static FineTuningSettings clipped(FineTuningSettings settings) {
            return settings.withOptimizer(new AdamWSettings(0.1, 0.9, 0.999, 1e-8, Optional.of(0.5)));
        }

        private FineTuningSettings settings(int ranks) {
            return this == CARD && ranks > 1 ? settings.withTokensPerBatch(300) : settings;
        }

        /** Returns the number of steps. Few are enough if the losses are only compared approximately with one rank's. */
        private int steps() {
            return this == CLIPPED_IN_BFLOAT16 || this == LORA_WITH_DROPOUT ? FEW_STEPS : STEPS;
        }

        private Target target() {
            return this == CARD ? Target.GRAPHICS_CARD : Target.PROCESSOR;
        }
    }

    private RankedTuning() {}

    /**
     * @param arguments the folder in which each rank creates a model, the folder for results, and the folder for results with a
     *     slow rank 1
     */
    public static void main(String[] arguments) {
        try (MpiRanks ranks = MpiRanks.join()) {
            Path model = Path.of(arguments[0], Integer.toString(ranks.rank()));
            model.toFile().mkdirs();
            ReferenceModel reference = ReferenceModel.open(ReferenceModel.Size.SMALL, "tiny-gpt2", model);
            for (Way way : Way.values()) {
                List<Double> losses = tune(reference, way, ranks, Path.of(arguments[1]));
                if (ranks.rank() == 0) {
                    System.out.println(way + " " + losses);
                }
            }
            for (Way way : again(ranks.size())) {
                tune(reference, way, ranks.rank() == 1 ? new Slow(ranks) : ranks, Path.of(arguments[2]));
            }
            System.out.println("refused " + ranks.rank() + " " + refused(reference, ranks));
            System.out.println("unlike " + ranks.rank() + " " + unlike(reference, ranks));
        }
    }

    /** Returns the loss of each step, and one of a validation at the end. */
    static List<Double> tune(ReferenceModel reference, Way way, Ranks ranks, Path results) {
        try (LanguageModel model = LanguageModel.load(reference.folder(), Device.CPU, way.target());
                FineTuning tuning = new FineTuning(model, way.settings(ranks.size()), ranks)) {
            tuning.requireAlike();
            List<Double> losses = new ArrayList<>();
            for (int step = 0; step < way.steps(); step++) {
                losses.add(tuning.step(batches(reference, step), RATE).loss());
            }
            losses.add(tuning.loss(List.of(reference.batch(51, 54), reference.batch(54, 59)), () -> {}).mean());
            Path folder = results.resolve(way + "-" + ranks.rank());
            model.save(folder);
            tuning.saveState(folder.resolve("optimizer.safetensors"));
            return losses;
        }
    }

    /** Returns two batches, of which the second has a single row, so one rank has no row of it. */
    private static List<TokenBatch> batches(ReferenceModel reference, int step) {
        int first = ROWS_A_STEP * step % ROWS;
        return List.of(reference.batch(first, first + 3), reference.batch(first + 3, first + ROWS_A_STEP));
    }

    /** Returns this rank's error message if each rank has drawn different weights. */
    private static String unlike(ReferenceModel reference, Ranks ranks) {
        try (LanguageModel model = LanguageModel.initialise(reference.folder(), ranks.rank());
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS, ranks)) {
            tuning.requireAlike();
            return "nothing";
        } catch (RankFailedException e) {
            return e.getMessage();
        }
    }

    /**
     * Returns this rank's error message if one rank's row has a token that is not in the vocabulary. The rank must be able to
     * continue.
     */
    private static String refused(ReferenceModel reference, Ranks ranks) {
        TokenBatch wrong = new TokenBatch(new int[] {1, 2, 3, 4, 9999, 5}, new int[] {4, 2}, new int[] {1, 1}, false);
        try (LanguageModel model = reference.load();
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS, ranks)) {
            Optional<String> message = Optional.empty();
            try {
                tuning.step(List.of(wrong), RATE);
            } catch (RuntimeException e) {
                message = Optional.of(e.getMessage());
            }
            double loss = tuning.step(batches(reference, 0), RATE).loss();
            return message.orElse("nothing") + (Double.isFinite(loss) ? "" : " and is broken");
        }
    }

    /** A rank that is always the last to arrive, because it collects garbage first. */
    private record Slow(Ranks ranks) implements Ranks {

        @Override
        public int rank() {
            return ranks.rank();
        }

        @Override
        public int size() {
            return ranks.size();
        }

        @Override
        public void sum(NDArray flat) {
            System.gc();
            ranks.sum(flat);
        }

        @Override
        public double[] sum(double... numbers) {
            return ranks.sum(numbers);
        }

        @Override
        public byte[] broadcast(byte[] message, int from) {
            return ranks.broadcast(message, from);
        }

        @Override
        public void abort() {
            ranks.abort();
        }

        @Override
        public String host() {
            return ranks.host();
        }
    }
}
