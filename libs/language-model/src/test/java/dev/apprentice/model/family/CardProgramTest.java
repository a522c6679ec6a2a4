package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.model.Device;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.Precision;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.family.ReferenceModel.Size;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.GenerationRequest;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.model.generation.TokenListener;
import dev.apprentice.model.lora.LoraSettings;
import dev.apprentice.model.network.Target;
import dev.apprentice.model.ranks.RankFailedException;
import dev.apprentice.model.ranks.Ranks;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.model.training.AdamWSettings;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.FineTuningSettings;
import dev.apprentice.model.training.StepMetrics;
import dev.apprentice.model.training.WeightDecay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the program for graphics cards with the one for processors. It runs on a graphics card if there is one, otherwise on a
 * processor.
 */
class CardProgramTest {

    private static final double LEARNING_RATE = 5e-4;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"tiny-gpt2", "tiny-gptneox", "tiny-llama", "tiny-qwen2", "tiny-qwen3", "tiny-mistral", "tiny-phi3",
        "tiny-gemma2", "tiny-gemma3", "tiny-smollm3", "tiny-olmo2"})
    void lossesWhileTrainingAreThoseOfTransformers(String name) {
        ReferenceModel reference = ReferenceModel.open(Size.SMALL, name, temporary);
        JsonNode training = reference.expected().get("training");
        int batchSize = training.get("batch_size").intValue();
        int heldOut = Integer.parseInt(training.get("heldout").textValue().replaceAll("entries (\\d+)\\..*", "$1"));
        try (LanguageModel model = card(reference.folder());
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS)) {
            for (int step = 0; step < training.get("losses").size(); step++) {
                TokenBatch batch = reference.batch(step * batchSize, (step + 1) * batchSize);
                assertThat(tuning.step(List.of(batch), LEARNING_RATE).loss())
                        .as("loss of step %d", step)
                        .isCloseTo(training.get("losses").get(step).doubleValue(), within(1e-4));
            }
            assertThat(model.loss(reference.batch(heldOut, heldOut + batchSize)).mean())
                    .isCloseTo(training.get("heldout_loss_after").doubleValue(), within(1e-4));
        }
    }

    /** The rows differ in length and one ends early. There are more tokens than the cache first has room for. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-gpt2", "tiny-gptneox", "tiny-llama", "tiny-qwen3", "tiny-phi3", "tiny-gemma2", "tiny-gemma3"})
    void continuationsAreThoseOfTheProcessorsProgram(String name) {
        ReferenceModel reference = ReferenceModel.open(Size.SMALL, name, temporary);
        List<GenerationRequest> requests = List.of(
                new GenerationRequest(new int[] {1, 2, 3}, new GenerationSettings(150, Set.of())),
                new GenerationRequest(new int[] {9, 8, 7, 6, 5}, new GenerationSettings(20, Set.of())),
                new GenerationRequest(IntStream.range(10, 40).toArray(), new GenerationSettings(40, Set.of())));
        try (LanguageModel expected = reference.load();
                LanguageModel model = card(reference.folder())) {
            assertThat(model.generate(requests, TokenListener.NONE)).isEqualTo(expected.generate(requests, TokenListener.NONE));
        }
    }

    /** Compares clipping, decay of matrices only, accumulation, checkpointing, adapters and bfloat16 with the processor's program. */
    @ParameterizedTest
    @CsvSource({
        "tiny-gpt2, FLOAT32, false, false",
        "tiny-gpt2, FLOAT32, true, true",
        "tiny-gpt2, BFLOAT16, false, true",
        "tiny-gpt2, BFLOAT16, true, false",
        "tiny-llama, BFLOAT16, false, false",
        "tiny-llama, FLOAT32, true, true",
        "tiny-gptneox, BFLOAT16, true, true",
        "tiny-gemma2, BFLOAT16, false, true",
        "tiny-gemma3, FLOAT32, true, false"
    })
    void stepsAreThoseOfTheProcessorsProgram(String name, Precision precision, boolean lora, boolean recomputing) {
        ReferenceModel reference = ReferenceModel.open(Size.SMALL, name, temporary);
        FineTuningSettings settings = settings(name, precision, lora, recomputing);
        double tolerance = precision == Precision.FLOAT32 ? 1e-5 : 5e-3;
        try (LanguageModel expectedModel = reference.load();
                LanguageModel model = card(reference.folder());
                FineTuning expectedTuning = new FineTuning(expectedModel, settings);
                FineTuning tuning = new FineTuning(model, settings)) {
            for (int step = 0; step < 4; step++) {
                List<TokenBatch> batches =
                        List.of(reference.batch(8 * step, 8 * step + 5), reference.batch(8 * step + 5, 8 * step + 8));
                StepMetrics expected = expectedTuning.step(batches, LEARNING_RATE);
                StepMetrics actual = tuning.step(batches, LEARNING_RATE);
                assertThat(actual.loss()).isCloseTo(expected.loss(), within(tolerance));
                assertThat(actual.tokenAccuracy()).isCloseTo(expected.tokenAccuracy(), within(2e-2));
                assertThat(actual.gradientNorm())
                        .isCloseTo(expected.gradientNorm(), within(6 * tolerance * expected.gradientNorm()));
            }
        }
    }

    /** With activation checkpointing, the recomputation must drop the elements that the first pass dropped. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dropoutLeavesOutWhatTheProcessorsProgramDoes(boolean recomputing) {
        assumeThat(PyTorch.gpus()).as("a card draws other numbers").isZero();
        ReferenceModel reference = ReferenceModel.open(Size.SMALL, "tiny-llama", temporary);
        FineTuningSettings settings = FineTuningSettings.DEFAULTS
                .withActivationCheckpointing(recomputing)
                .withLora(new LoraSettings(4, 8, 0.5, List.of("all-linear"), 1));
        try (LanguageModel expectedModel = reference.load();
                LanguageModel model = card(reference.folder());
                FineTuning expectedTuning = new FineTuning(expectedModel, settings);
                FineTuning tuning = new FineTuning(model, settings)) {
            for (int step = 0; step < 4; step++) {
                List<TokenBatch> batch = List.of(reference.batch(0, 8));
                StepMetrics expected = expectedTuning.step(batch, 1e-2);
                StepMetrics actual = tuning.step(batch, 1e-2);
                assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-5));
                assertThat(actual.gradientNorm()).isCloseTo(expected.gradientNorm(), within(1e-4 * expected.gradientNorm()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSavedStateGoesOnWithTheSameBytes(boolean lora) throws IOException {
        assumeThat(PyTorch.gpus()).as("a card adds in no fixed order: see docs/gpu.md").isZero();
        ReferenceModel reference = ReferenceModel.open(Size.SMALL, "tiny-gpt2", temporary);
        FineTuningSettings settings = settings("tiny-gpt2", Precision.BFLOAT16, lora, false);
        Path middle = Files.createDirectory(temporary.resolve("middle"));
        byte[] undisturbed;
        try (LanguageModel model = card(reference.folder());
                FineTuning tuning = new FineTuning(model, settings)) {
            train(tuning, reference, 0, 3);
            save(model, tuning, lora, middle);
            train(tuning, reference, 3, 6);
            undisturbed = bytes(model, tuning, lora, "undisturbed");
        }
        if (!lora) {
            reference.folder().copyTokenizerFiles(middle);
        }
        try (LanguageModel model = card(ModelFolder.open(middle));
                FineTuning tuning = new FineTuning(model, settings)) {
            tuning.loadState(middle.resolve("optimizer.safetensors"));
            train(tuning, reference, 3, 6);
            assertThat(bytes(model, tuning, lora, "resumed")).isEqualTo(undisturbed);
        }
    }

    /** Another rank fails in its share of a step. The gradients of this rank's share must not reach the next step. */
    @Test
    void aStepThatFailsLeavesNothingBehind() {
        ReferenceModel reference = ReferenceModel.open(Size.SMALL, "tiny-gpt2", temporary);
        BesideOneThatFails ranks = new BesideOneThatFails();
        try (LanguageModel model = card(reference.folder());
                LanguageModel undisturbed = card(reference.folder());
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS, ranks);
                FineTuning expected = new FineTuning(undisturbed, FineTuningSettings.DEFAULTS)) {
            ranks.failAt = 2;
            assertThatThrownBy(() -> tuning.step(List.of(reference.batch(8, 16)), LEARNING_RATE))
                    .isInstanceOf(RankFailedException.class);
            for (int step = 0; step < 2; step++) {
                List<TokenBatch> batch = List.of(reference.batch(0, 8));
                StepMetrics right = expected.step(batch, LEARNING_RATE);
                StepMetrics actual = tuning.step(batch, LEARNING_RATE);
                assertThat(actual.loss()).isCloseTo(right.loss(), within(1e-6));
                assertThat(actual.gradientNorm()).isCloseTo(right.gradientNorm(), within(1e-5));
            }
        }
    }

    /** The first of two ranks, of which the second contributes nothing, so sums stay as they are. */
    private static final class BesideOneThatFails implements Ranks {

        private int together;
        private int failAt;

        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void sum(NDArray flat) {
            // the other rank adds nothing
        }

        @Override
        public double[] sum(double... numbers) {
            return numbers;
        }

        @Override
        public byte[] broadcast(byte[] message, int from) {
            return message;
        }

        @Override
        public void abort() {
            throw new IllegalStateException("nothing is to be ended here");
        }

        @Override
        public String host() {
            return "here";
        }

        @Override
        public <T> T together(Supplier<T> part) {
            T result = part.get();
            if (++together == failAt) {
                throw new RankFailedException("rank 1 of 2, on host 1, failed: its memory is too small for a step", null);
            }
            return result;
        }
    }

    private static LanguageModel card(ModelFolder folder) {
        Device device = PyTorch.gpus() > 0 ? Device.gpu(0) : Device.CPU;
        return LanguageModel.load(folder, device, Target.GRAPHICS_CARD);
    }

    private static FineTuningSettings settings(String name, Precision precision, boolean lora, boolean recomputing) {
        AdamWSettings optimizer = new AdamWSettings(0.1, 0.9, 0.999, 1e-8, Optional.of(0.5), WeightDecay.MATRICES);
        FineTuningSettings settings = FineTuningSettings.DEFAULTS
                .withPrecision(precision)
                .withOptimizer(optimizer)
                .withActivationCheckpointing(recomputing);
        String target = name.equals("tiny-gpt2") ? "c_attn" : name.equals("tiny-gptneox") ? "query_key_value" : "q_proj";
        return lora ? settings.withLora(LoraSettings.of(4, target)) : settings;
    }

    private static void train(FineTuning tuning, ReferenceModel reference, int from, int to) {
        for (int step = from; step < to; step++) {
            tuning.step(List.of(reference.batch(8 * step, 8 * step + 8)), LEARNING_RATE);
        }
    }

    private static void save(LanguageModel model, FineTuning tuning, boolean lora, Path folder) {
        if (lora) {
            model.saveAdapter(folder);
        } else {
            model.save(folder);
        }
        tuning.saveState(folder.resolve("optimizer.safetensors"));
    }

    private byte[] bytes(LanguageModel model, FineTuning tuning, boolean lora, String name) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve(name));
        save(model, tuning, lora, folder);
        String weights = lora ? "adapter_model.safetensors" : ModelFolder.WEIGHTS;
        byte[] first = Files.readAllBytes(folder.resolve(weights));
        byte[] second = Files.readAllBytes(folder.resolve("optimizer.safetensors"));
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
