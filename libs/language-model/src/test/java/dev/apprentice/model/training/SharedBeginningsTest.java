package dev.apprentice.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.Precision;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.training.batch.PackedBatch;
import dev.apprentice.testkit.Fixtures;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that beginnings that rows share are computed once, with results equal to those of each row in its own batch. */
class SharedBeginningsTest {

    private static final int[][] ROWS = {
        {10, 11, 12, 13, 256}, {10, 11, 12, 20, 21, 22, 256}, {10, 11, 12, 20, 21, 22, 256}, {10, 11}, {30, 31, 11}, {10, 40, 256}
    };
    private static final int[] PROMPT_LENGTHS = {3, 4, 2, 1, 1, 2};

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lossIsThatOfTheRowsOneByOne(boolean answerOnly) {
        try (LanguageModel model = open("tiny-llama")) {
            LossSum expected = LossSum.ZERO;
            for (TokenBatch row : apart(answerOnly)) {
                expected = expected.plus(model.loss(row));
            }
            LossSum together = model.loss(together(answerOnly));
            assertThat(together.targets()).isEqualTo(expected.targets());
            assertThat(together.sum()).isCloseTo(expected.sum(), within(1e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-gpt2", "tiny-gptneox", "tiny-llama"})
    void gradientsAreThoseOfTheRowsOneByOne(String family) {
        StepMetrics together = step(family, List.of(together(false)));
        StepMetrics apart = step(family, apart(false));
        assertThat(together.gradientNorm()).isCloseTo(apart.gradientNorm(), within(1e-5));
        assertThat(together.loss()).isCloseTo(apart.loss(), within(1e-5));
        assertThat(together.tokenAccuracy()).isEqualTo(apart.tokenAccuracy());
        assertThat(together.tokens()).isEqualTo(apart.tokens()).isEqualTo(27 - ROWS.length);
    }

    /** Together, tokens attend to their ancestors in the prefix tree; in separate batches, to all tokens before them. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-gpt2", "tiny-gptneox", "tiny-llama"})
    void inBfloat16TooUpToItsPrecision(String family) {
        StepMetrics together = stepInBfloat16(family, List.of(together(false)));
        StepMetrics apart = stepInBfloat16(family, apart(false));
        assertThat(together.loss()).isCloseTo(apart.loss(), within(1e-3 * apart.loss()));
        assertThat(together.gradientNorm()).isCloseTo(apart.gradientNorm(), within(0.01 * apart.gradientNorm()));
    }

    @Test
    void noTokenBehindTheSameBeginningIsComputedTwice() {
        try (LanguageModel model = open("tiny-gpt2")) {
            // computed per row: 10, 11, 12, 13; 20, 21, 22; nothing; nothing; 30, 31; 40
            assertThat(new PackedBatch(together(false), model.configuration()).computed()).isEqualTo(4 + 3 + 2 + 1);
            assertThat(new PackedBatch(together(false), model.configuration(), false).computed()).isEqualTo(27 - ROWS.length);
        }
    }

    /** The 41 tokens are padded to 42 if computed together; in separate batches they are not padded. */
    @Test
    void tokensAppendedInBfloat16DoNotCount() {
        List<TokenBatch> apart = IntStream.of(16, 16, 12)
                .mapToObj(length -> IntStream.range(0, length).map(i -> 7 * i + length * 3 % 97 + i * length % 5).toArray())
                .map(row -> new TokenBatch(row, new int[] {row.length}, new int[] {1}, false))
                .toList();
        int[] tokens = apart.stream().flatMapToInt(row -> Arrays.stream(row.tokens())).toArray();
        tokens[16] = 200;
        TokenBatch together = new TokenBatch(tokens, new int[] {16, 16, 12}, new int[] {1, 1, 1}, false);
        TokenBatch second = new TokenBatch(Arrays.copyOfRange(tokens, 16, 32), new int[] {16}, new int[] {1}, false);
        assertThat(PackedBatch.rounded(41)).isEqualTo(42);
        StepMetrics expected = stepInBfloat16("tiny-gpt2", List.of(apart.get(0), second, apart.get(2)));
        StepMetrics actual = stepInBfloat16("tiny-gpt2", List.of(together));
        assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-3));
        assertThat(actual.gradientNorm()).isCloseTo(expected.gradientNorm(), within(0.01 * expected.gradientNorm()));
        assertThat(actual.tokens()).isEqualTo(41);
    }

    @Test
    void roundNumbersAreFewAndNear() {
        assertThat(IntStream.rangeClosed(1, 8192).map(PackedBatch::rounded).distinct().count()).isLessThan(170);
        assertThat(IntStream.rangeClosed(1, 8192)).allSatisfy(count ->
                assertThat(PackedBatch.rounded(count)).isBetween(count, count + count / 16));
    }

    private StepMetrics stepInBfloat16(String family, List<TokenBatch> batches) {
        try (LanguageModel model = open(family);
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS.withPrecision(Precision.BFLOAT16))) {
            return tuning.step(batches, 1e-3);
        }
    }

    private StepMetrics step(String family, List<TokenBatch> batches) {
        try (LanguageModel model = open(family);
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS)) {
            tuning.step(batches, 1e-2);
            return tuning.step(batches, 1e-2);
        }
    }

    private LanguageModel open(String family) {
        return LanguageModel.load(ModelFolder.open(Fixtures.modelFolder(family, temporary.resolve(family))));
    }

    private static TokenBatch together(boolean answerOnly) {
        int[] tokens = Arrays.stream(ROWS).flatMapToInt(Arrays::stream).toArray();
        int[] lengths = Arrays.stream(ROWS).mapToInt(row -> row.length).toArray();
        return new TokenBatch(tokens, lengths, PROMPT_LENGTHS, answerOnly);
    }

    private static List<TokenBatch> apart(boolean answerOnly) {
        return IntStream.range(0, ROWS.length)
                .mapToObj(row -> new TokenBatch(
                        ROWS[row], new int[] {ROWS[row].length}, new int[] {PROMPT_LENGTHS[row]}, answerOnly))
                .toList();
    }
}
