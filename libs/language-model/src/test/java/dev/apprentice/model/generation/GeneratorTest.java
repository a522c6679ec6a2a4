package dev.apprentice.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.Device;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.network.Target;
import dev.apprentice.testkit.Fixtures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {

    private static final int[] PROMPT = {10, 20, 30};
    private static final int[] OTHER_PROMPT = {40, 50, 60, 70, 80};

    @TempDir
    Path temporary;

    private ModelFolder folder;
    private LanguageModel model;

    @BeforeEach
    void load() {
        folder = ModelFolder.open(Fixtures.modelFolder("tiny-gpt2", temporary));
        model = LanguageModel.load(folder);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void aSampledRowDoesNotDependOnTheOthersOfItsBatch() {
        GenerationRequest sampled = request(PROMPT, sampling(7));
        GenerationRequest other = request(OTHER_PROMPT, sampling(8));
        Generated alone = model.generate(List.of(sampled), TokenListener.NONE).get(0);
        assertThat(model.generate(List.of(other, sampled, request(PROMPT, Sampling.GREEDY)), TokenListener.NONE).get(1))
                .isEqualTo(alone);
        assertThat(model.generate(List.of(request(PROMPT, sampling(9))), TokenListener.NONE).get(0)).isNotEqualTo(alone);
    }

    @Test
    void tokensAreToldAsTheyCome() {
        List<List<Integer>> told = List.of(new ArrayList<>(), new ArrayList<>());
        List<Generated> generated = model.generate(
                List.of(request(PROMPT, Sampling.GREEDY), request(OTHER_PROMPT, sampling(1))),
                (row, id, logProbability) -> told.get(row).add(id));
        for (int row = 0; row < told.size(); row++) {
            assertThat(told.get(row)).containsExactlyElementsOf(IntStream.of(generated.get(row).ids()).boxed().toList());
        }
    }

    /** The program for graphics cards draws on the device that holds the logits, with random numbers from the processor. */
    @Test
    void aGraphicsCardDrawsWhatAProcessorDraws() {
        List<Sampling> samplings = List.of(
                Sampling.GREEDY,
                sampling(3),
                new Sampling(1, 2, OptionalInt.of(3), 1, 0, 4),
                new Sampling(1, 1.2, OptionalInt.empty(), 0.6, 0, 5),
                new Sampling(1, 1.5, OptionalInt.of(40), 0.95, 0.2, 6),
                new Sampling(1.7, 0, OptionalInt.empty(), 1, 0, 7),
                new Sampling(1.3, 0.8, OptionalInt.of(1000), 0.9, 0.01, 8));
        List<GenerationRequest> requests = IntStream.range(0, samplings.size())
                .mapToObj(i -> new GenerationRequest(
                        i % 2 == 0 ? PROMPT : OTHER_PROMPT, new GenerationSettings(30 - i, Set.of(), samplings.get(i))))
                .toList();
        List<Double> expected = new ArrayList<>();
        List<Double> actual = new ArrayList<>();
        try (LanguageModel card = LanguageModel.load(folder, Device.CPU, Target.GRAPHICS_CARD)) {
            assertThat(card.generate(requests, (row, id, logProbability) -> actual.add(logProbability)))
                    .isEqualTo(model.generate(requests, (row, id, logProbability) -> expected.add(logProbability)));
        }
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).isCloseTo(expected.get(i), within(1e-4));
        }
    }

    @Test
    void logProbabilitiesAreThoseOfTheLoss() {
        double[] sum = {0};
        int[] ids = model.generate(List.of(request(PROMPT, sampling(3))), (row, id, logProbability) -> {
                    sum[0] += logProbability;
                    return true;
                })
                .get(0)
                .ids();
        int[] row = IntStream.concat(IntStream.of(PROMPT), IntStream.of(ids)).toArray();
        TokenBatch batch = new TokenBatch(row, new int[] {row.length}, new int[] {PROMPT.length}, true);
        assertThat(sum[0]).isCloseTo(-model.loss(batch).sum(), within(1e-3));
    }

    @Test
    void aListenerEndsOneRowAndTheOthersGoOn() {
        List<Generated> generated = model.generate(
                List.of(request(PROMPT, Sampling.GREEDY), request(OTHER_PROMPT, Sampling.GREEDY)),
                (row, id, logProbability) -> row == 1);
        assertThat(generated.get(0).ids()).hasSize(1);
        assertThat(generated.get(0).reason()).isEqualTo(Generated.Reason.CANCELLED);
        assertThat(generated.get(1))
                .isEqualTo(model.generate(List.of(OTHER_PROMPT), new GenerationSettings(6, Set.of())).get(0));
    }

    /** The search goes through the vocabulary in parts of 64. */
    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 200})
    void theLikeliestTokenIsTheFirstWithTheGreatestLogit(int vocabulary) {
        int rows = 100;
        float[] logits = new float[rows * vocabulary];
        Random random = new Random(vocabulary);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = random.nextInt(vocabulary);
        }
        try (NDManager manager = model.network().newManager()) {
            long[] found = model.network()
                    .method("first_greatest")
                    .with(manager.create(logits, new Shape(rows, vocabulary)))
                    .run(manager)
                    .get(0)
                    .toLongArray();
            for (int row = 0; row < rows; row++) {
                int first = 0;
                for (int id = 1; id < vocabulary; id++) {
                    if (logits[row * vocabulary + id] > logits[row * vocabulary + first]) {
                        first = id;
                    }
                }
                assertThat(found[row]).isEqualTo(first);
            }
        }
    }

    private static Sampling sampling(long seed) {
        return new Sampling(1, 1.5, OptionalInt.empty(), 1, 0, seed);
    }

    private static GenerationRequest request(int[] prompt, Sampling sampling) {
        return new GenerationRequest(prompt, new GenerationSettings(6, Set.of(), sampling));
    }
}
