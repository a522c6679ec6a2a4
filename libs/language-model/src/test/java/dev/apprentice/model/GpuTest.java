package dev.apprentice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.model.family.ReferenceModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.GenerationRequest;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.model.generation.Sampling;
import dev.apprentice.model.generation.TokenListener;
import dev.apprentice.model.lora.LoraSettings;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.FineTuningSettings;
import dev.apprentice.model.training.UnsavedTensors;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a graphics card computes what a processor does, up to rounding. */
@OnGpu
class GpuTest {

    private static final int[] IDS = {1, 2, 3, 40, 50, 60, 7, 8};
    private static final Device GPU = Device.gpu(0);
    private static final LoraSettings LORA = new LoraSettings(4, 8, 0, List.of("all-linear"), 1);

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"tiny-gpt2", "tiny-gptneox", "tiny-llama", "tiny-qwen2", "tiny-qwen3", "tiny-mistral", "tiny-phi3",
        "tiny-gemma2", "tiny-gemma3", "tiny-smollm3", "tiny-olmo2"})
    void logitsAndContinuationsAreThoseOfTheCpu(String name) {
        ModelFolder folder = open(name).folder();
        List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {9, 8, 7, 6, 5});
        GenerationSettings settings = new GenerationSettings(12, Set.of());
        try (LanguageModel expected = LanguageModel.load(folder);
                LanguageModel model = LanguageModel.load(folder, GPU)) {
            assertThat(model.logits(IDS)).containsExactly(expected.logits(IDS), within(1e-4f));
            assertThat(model.generate(prompts, settings)).isEqualTo(expected.generate(prompts, settings));
        }
    }

    @ParameterizedTest
    @CsvSource({"tiny-gpt2, false", "tiny-gptneox, false", "tiny-llama, true", "tiny-qwen2, true", "tiny-qwen3, false",
        "tiny-mistral, false", "tiny-phi3, true", "tiny-gemma2, false", "tiny-gemma3, true", "tiny-smollm3, false",
        "tiny-olmo2, true"})
    void trainingLearnsWhatItDoesOnTheCpu(String name, boolean checkpointing) {
        FineTuningSettings settings = FineTuningSettings.DEFAULTS.withActivationCheckpointing(checkpointing);
        assertSameLosses(open(name), settings, 1e-3);
        assertSameLosses(open(name), settings.withLora(LORA), 1e-3);
        assertSameLosses(open(name), settings.withPrecision(Precision.BFLOAT16), 2e-2);
    }

    private static void assertSameLosses(ReferenceModel reference, FineTuningSettings settings, double tolerance) {
        try (LanguageModel expected = LanguageModel.load(reference.folder());
                LanguageModel model = LanguageModel.load(reference.folder(), GPU);
                FineTuning tuningExpected = new FineTuning(expected, settings);
                FineTuning tuning = new FineTuning(model, settings)) {
            for (int step = 0; step < 4; step++) {
                List<TokenBatch> batches =
                        List.of(reference.batch(4 * step, 4 * step + 3), reference.batch(4 * step + 3, 4 * step + 4));
                assertThat(tuning.step(batches, 1e-3).loss())
                        .isCloseTo(tuningExpected.step(batches, 1e-3).loss(), within(tolerance));
            }
        }
    }

    @Test
    void passesOfFewTokensLearnWhatTheWholeBatchDoes() {
        ReferenceModel reference = open("tiny-gpt2");
        List<TokenBatch> batch = List.of(reference.batch(0, 8));
        try (LanguageModel whole = LanguageModel.load(reference.folder(), GPU);
                LanguageModel model = LanguageModel.load(reference.folder(), GPU);
                FineTuning tuningWhole = new FineTuning(whole, FineTuningSettings.DEFAULTS);
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS.withTokensPerBatch(300))) {
            for (int step = 0; step < 3; step++) {
                assertThat(tuning.step(batch, 1e-3).loss()).isCloseTo(tuningWhole.step(batch, 1e-3).loss(), within(1e-4));
            }
        }
    }

    /** A card draws other random numbers than a processor, but repeats them for an equal seed. */
    @Test
    void dropoutLeavesOutTheSameThereEachTime() {
        List<Double> losses = lossesWithDropout(0.5);
        assertThat(lossesWithDropout(0.5).get(1)).isCloseTo(losses.get(1), within(1e-4));
        assertThat(lossesWithDropout(0).get(1)).isNotCloseTo(losses.get(1), within(1e-4));
        assertThat(losses.get(losses.size() - 1)).isLessThan(losses.get(0));
    }

    private List<Double> lossesWithDropout(double dropout) {
        ReferenceModel reference = open("tiny-gpt2");
        LoraSettings dropping = new LoraSettings(4, 8, dropout, List.of("all-linear"), 1);
        List<TokenBatch> batch = List.of(reference.batch(0, 8));
        try (LanguageModel model = LanguageModel.load(reference.folder(), GPU);
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS.withLora(dropping))) {
            return IntStream.range(0, 20).mapToObj(step -> tuning.step(batch, 1e-2).loss()).toList();
        }
    }

    @Test
    void tokensAreDrawnAsOnTheCpu() {
        ModelFolder folder = open("tiny-gpt2").folder();
        List<GenerationRequest> requests = List.of(
                request(new Sampling(1, 1, OptionalInt.empty(), 1, 0, 1)),
                request(new Sampling(1.2, 1.5, OptionalInt.of(20), 0.9, 0.01, 2)),
                request(Sampling.GREEDY));
        try (LanguageModel expected = LanguageModel.load(folder);
                LanguageModel model = LanguageModel.load(folder, GPU)) {
            assertThat(model.generate(requests, TokenListener.NONE)).isEqualTo(expected.generate(requests, TokenListener.NONE));
        }
    }

    private static GenerationRequest request(Sampling sampling) {
        return new GenerationRequest(new int[] {5, 6, 7}, new GenerationSettings(20, Set.of(), sampling));
    }

    /** A batch of a million tokens. A layer of this width keeps about 70 GB for it, so two layers fill a card. */
    @Test
    void aStepThatMemoryDoesNotHoldSaysWhatToTurnDownAndASmallerOneStillLearns() throws IOException {
        Files.writeString(temporary.resolve("config.json"), """
                {"model_type": "gpt2", "n_layer": 8, "n_embd": 1024, "n_head": 16, "n_positions": 1024, "vocab_size": 257,
                 "bos_token_id": 256, "eos_token_id": 256}
                """);
        Files.write(temporary.resolve("tokenizer.json"), Fixtures.bytes("tokenizer.json"));
        try (LanguageModel model = LanguageModel.initialise(ModelFolder.open(temporary), 1, GPU);
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS)) {
            double before = tuning.step(List.of(random(2)), 1e-3).loss();
            assertThatThrownBy(() -> tuning.step(List.of(random(1024)), 1e-3))
                    .isInstanceOf(DeviceMemoryException.class)
                    .hasMessageStartingWith("the graphics card's memory is too small for a step with batches of up to 1048576 tokens")
                    .hasMessageContaining("set a smaller tokensPerBatch");
            assertThat(tuning.step(List.of(random(2)), 1e-3).loss()).isLessThan(before);
            assertThatThrownBy(() -> model.generate(prompts(8000), new GenerationSettings(2, Set.of())))
                    .isInstanceOf(DeviceMemoryException.class)
                    .hasMessageStartingWith("the graphics card's memory is too small for 8000 answers at once");
            assertThat(model.generate(prompts(3), new GenerationSettings(2, Set.of()))).hasSize(3);
        }
    }

    /** Returns prompts of which one is long, so that each gets room for 1,024 tokens of 64 KiB. */
    private static List<int[]> prompts(int count) {
        return Stream.concat(Stream.of(new int[900]), Stream.generate(() -> new int[] {1})).limit(count).toList();
    }

    private static TokenBatch random(int rows) {
        int[] tokens = new Random(1).ints(rows * 1025L, 0, 256).toArray();
        int[] lengths = new int[rows];
        Arrays.fill(lengths, 1025);
        return new TokenBatch(tokens, lengths, new int[rows], false);
    }

    /** A copy in the host's memory holds the values of the moment it was made, however far the card is when it is written. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsSavedGoesOnThere(boolean lora) {
        ReferenceModel reference = open("tiny-gpt2");
        Path state = temporary.resolve("state");
        List<TokenBatch> batch = List.of(reference.batch(0, 4));
        FineTuningSettings settings = lora ? FineTuningSettings.DEFAULTS.withLora(LORA) : FineTuningSettings.DEFAULTS;
        try (LanguageModel model = LanguageModel.load(reference.folder(), GPU);
                FineTuning tuning = new FineTuning(model, settings)) {
            tuning.step(batch, 1e-2);
            UnsavedTensors weights = model.weights().held();
            UnsavedTensors moments = tuning.state().held();
            Optional<UnsavedTensors> adapter = lora ? Optional.of(model.adapterWeights().held()) : Optional.empty();
            double next = tuning.step(batch, 1e-2).loss();
            double afterwards = tuning.step(batch, 1e-2).loss();
            model.save(temporary.resolve("merged"), weights);
            adapter.ifPresent(there -> model.saveAdapter(temporary.resolve("adapter"), there));
            moments.write(state);
            reference.folder().copyTokenizerFiles(temporary.resolve("merged"));
            String own = lora ? "adapter" : "merged";
            try (LanguageModel again = LanguageModel.load(ModelFolder.open(temporary.resolve(own)), GPU);
                    LanguageModel merged = LanguageModel.load(ModelFolder.open(temporary.resolve("merged")), GPU);
                    FineTuning goingOn = new FineTuning(again, settings)) {
                goingOn.loadState(state);
                assertThat(merged.loss(batch.get(0)).mean()).isCloseTo(next, within(1e-4));
                assertThat(goingOn.step(batch, 1e-2).loss()).isCloseTo(next, within(1e-5));
                assertThat(goingOn.step(batch, 1e-2).loss()).isCloseTo(afterwards, within(1e-4));
            }
        }
    }

    private ReferenceModel open(String name) {
        return ReferenceModel.open(ReferenceModel.Size.SMALL, name, temporary);
    }
}
