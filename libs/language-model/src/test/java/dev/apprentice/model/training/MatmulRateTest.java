package dev.apprentice.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.model.Device;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.Precision;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.testkit.Fixtures;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MatmulRateTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @EnumSource(Precision.class)
    void isMeasuredOnceAndIsARateThatAProcessorCanHave(Precision precision) {
        MatmulRate rate = MatmulRate.of(Device.CPU, precision);
        // between a processor of the last twenty years and a rack of today's
        assertThat(rate.operationsPerSecond()).isBetween(1e8, 1e15);
        assertThat(MatmulRate.of(Device.CPU, precision)).isSameAs(rate);
    }

    /** The fixture tiny-gpt2 has 2 blocks of width 32 and a vocabulary of 257. */
    @Test
    void aStepCountsTheMatricesThatItsTokensGoThrough() {
        // [1, 2, 3] and [1, 2, 4, 5]: inputs 1, 2, 4 are computed; 2, 3, 4, 5 are predicted, or 3, 4 and 5 if only answers count
        TokenBatch all = new TokenBatch(new int[] {1, 2, 3, 1, 2, 4, 5}, new int[] {3, 4}, new int[] {2, 2}, false);
        TokenBatch answers = new TokenBatch(all.tokens(), all.rowLengths(), all.promptLengths(), true);
        ModelFolder folder = ModelFolder.open(Fixtures.modelFolder("tiny-gpt2", temporary));
        try (LanguageModel model = LanguageModel.load(folder);
                FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS)) {
            double blocks = 3 * 2 * 12 * 32 * 32;
            StepMetrics step = tuning.step(List.of(all), 1e-4);
            assertThat(step.operations()).isEqualTo(6 * (blocks + 4 * 257 * 32));
            // nothing is predicted from 1, so it goes through the first block only
            assertThat(tuning.step(List.of(answers), 1e-4).operations())
                    .isEqualTo(6 * (blocks - 12 * 32 * 32 + 3 * 257 * 32));
            MatmulRate rate = new MatmulRate(step.operations());
            assertThat(step.matmulShare(rate)).isCloseTo(1 / step.seconds(), within(1e-6));
        }
    }
}
