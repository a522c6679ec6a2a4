package dev.apprentice.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.testkit.Fixtures;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rows begin with in common is computed once. Expected is what each row gives in a batch of its own. */
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

    @Test
    void noTokenBehindTheSameBeginningIsComputedTwice() {
        try (LanguageModel model = open("tiny-gpt2")) {
            // 10, 11, 12, 13; 20, 21, 22; nothing; nothing; 30, 31; 40
            assertThat(new PackedBatch(together(false), model.configuration()).computed()).isEqualTo(4 + 3 + 2 + 1);
            assertThat(new PackedBatch(together(false), model.configuration(), false).computed()).isEqualTo(27 - ROWS.length);
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
