package dev.apprentice.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.JniUtils;
import dev.apprentice.model.Device;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.model.network.Target;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that a step launches few operators and does not wait for the card, on which its speed depends. PyTorch's profiler counts
 * the operators, including nested ones and the program's own functions, for the layers of GPT-2 124M. Their number does not depend
 * on the width, so the model is narrow.
 */
class CardOperatorsTest {

    private static final Pattern NAME = Pattern.compile("\"name\": ?\"([^\"]*)\"");
    private static final String CONFIGURATION =
            """
            {"model_type": "gpt2", "n_layer": 12, "n_embd": 48, "n_head": 12, "n_positions": 256, "vocab_size": 257,
             "bos_token_id": 256, "eos_token_id": 256}
            """;

    private static final String ROTARY_CONFIGURATION =
            """
            {"model_type": "llama", "num_hidden_layers": 2, "hidden_size": 48, "num_attention_heads": 4, "intermediate_size": 96,
             "max_position_embeddings": 256, "vocab_size": 257, "bos_token_id": 256, "eos_token_id": 256}
            """;

    @TempDir
    Path temporary;

    @Test
    void aStepAsksForFewOperatorsWhateverItsRowsAndWaitsOnceAtTheMost() throws IOException {
        ModelFolder folder = folder();
        try (LanguageModel model = LanguageModel.load(folder, Device.CPU, Target.GRAPHICS_CARD);
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS)) {
            List<String> few = eventsOfAStep(tuning, batch(8));
            List<String> many = eventsOfAStep(tuning, batch(64));
            assertThat(few.size()).isBetween(1_000, 4_500);
            assertThat(many.size()).isCloseTo(few.size(), within(few.size() / 100));
            assertThat(many).filteredOn(name -> name.contains("_local_scalar_dense")).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aTokenOfManyRowsAsksForAsManyOperatorsAsOneAndNothingIsReadButTheIds() throws IOException {
        try (LanguageModel model = LanguageModel.load(folder(), Device.CPU, Target.GRAPHICS_CARD)) {
            List<String> one = eventsOfTenTokens(model, 1);
            assertThat(one.size()).isBetween(1_000, 10_000);
            assertThat(eventsOfTenTokens(model, 9)).hasSameSizeAs(one);
            assertThat(one).noneMatch(name -> name.contains("_local_scalar_dense"));
        }
    }

    /** If a step created the frequencies from numbers, it would copy them to the card each time and wait for it. */
    @Test
    void aRotaryFamilysFrequenciesAreThereOnceForAll() throws IOException {
        ModelFolder folder = folder(ROTARY_CONFIGURATION);
        try (LanguageModel model = LanguageModel.load(folder, Device.CPU, Target.GRAPHICS_CARD)) {
            List<String> token = eventsOfTenTokens(model, 3);
            assertThat(token).hasSizeBetween(1_000, 5_120).doesNotContain("aten::unsqueeze");
            try (FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS)) {
                assertThat(eventsOfAStep(tuning, batch(8))).hasSizeBetween(500, 1_755);
            }
        }
    }

    /** Returns the events of the tokens after the first, for which the prompts are read. */
    private List<String> eventsOfTenTokens(LanguageModel model, int rows) throws IOException {
        List<int[]> prompts = IntStream.range(0, rows)
                .mapToObj(row -> IntStream.range(0, 5 + row).map(place -> row + place).toArray())
                .toList();
        model.generate(prompts, new GenerationSettings(2, Set.of()));
        List<String> first = events(() -> model.generate(prompts, new GenerationSettings(1, Set.of())));
        List<String> all = events(() -> model.generate(prompts, new GenerationSettings(11, Set.of())));
        first.forEach(all::remove);
        return all;
    }

    private ModelFolder folder() throws IOException {
        return folder(CONFIGURATION);
    }

    private ModelFolder folder(String configuration) throws IOException {
        Files.writeString(temporary.resolve(ModelFolder.CONFIGURATION), configuration);
        Files.write(temporary.resolve(ModelFolder.TOKENIZER), Fixtures.bytes("tokenizer.json"));
        ModelFolder folder = ModelFolder.open(temporary);
        try (LanguageModel drawn = LanguageModel.initialise(folder, 1)) {
            drawn.save(temporary);
        }
        return ModelFolder.open(temporary);
    }

    /** Returns rows of 40 to 100 tokens with a common beginning. */
    private static TokenBatch batch(int rows) {
        int[][] tokens = IntStream.range(0, rows)
                .mapToObj(row -> IntStream.range(0, 40 + row * 37 % 61)
                        .map(place -> place < 38 ? place : (row * 31 + place * 17) % 256)
                        .toArray())
                .toArray(int[][]::new);
        return new TokenBatch(
                Arrays.stream(tokens).flatMapToInt(Arrays::stream).toArray(),
                Arrays.stream(tokens).mapToInt(row -> row.length).toArray(),
                new int[rows],
                false);
    }

    private List<String> eventsOfAStep(FineTuning tuning, TokenBatch batch) throws IOException {
        tuning.step(List.of(batch), 1e-4);
        return events(() -> tuning.step(List.of(batch), 1e-4));
    }

    private List<String> events(Runnable work) throws IOException {
        Path trace = Files.createTempFile(temporary, "trace", ".json");
        JniUtils.startProfile(false, false, false);
        try {
            work.run();
        } finally {
            JniUtils.stopProfile(trace.toString());
        }
        List<String> names = new ArrayList<>();
        Matcher name = NAME.matcher(Files.readString(trace));
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }
}
