package dev.apprentice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.FineTuningSettings;
import dev.apprentice.model.training.LossSum;
import dev.apprentice.testkit.Fixtures;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behaviour that does not depend on the family: refused inputs, and inputs that have no effect. */
class LanguageModelTest {

    private static final GenerationSettings SETTINGS = new GenerationSettings(4, Set.of());

    @TempDir
    Path temporary;

    private LanguageModel model;

    @BeforeEach
    void load() {
        model = LanguageModel.load(ModelFolder.open(Fixtures.modelFolder("tiny-gpt2", temporary)));
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void anEmptyPromptIsRefused() {
        assertThatThrownBy(() -> model.generate(List.of(new int[] {1}, new int[0]), SETTINGS))
                .isInstanceOf(ModelException.class)
                .hasMessage("prompt 1 is empty; it needs at least 1 token");
    }

    @Test
    void aPromptThatFillsTheContextIsRefused() {
        assertThatThrownBy(() -> model.generate(List.of(new int[512]), SETTINGS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("prompt 0 has 512 tokens")
                .hasMessageContaining("context of 512");
    }

    @Test
    void aPromptWithAnUnknownTokenIsRefused() {
        assertThatThrownBy(() -> model.generate(List.of(new int[] {5, 257}), SETTINGS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("prompt 0 has the token id 257")
                .hasMessageContaining("vocabulary of 257");
    }

    @Test
    void noPromptsGiveNoResults() {
        assertThat(model.generate(List.of(), SETTINGS)).isEmpty();
    }

    @Test
    void aBatchWithAnUnknownTokenIsRefused() {
        assertThatThrownBy(() -> model.loss(batch(false, 1, 300, 2)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("token id 300")
                .hasMessageContaining("another tokenizer");
    }

    @Test
    void aRowLongerThanTheContextIsRefused() {
        assertThatThrownBy(() -> model.loss(batch(false, new int[514])))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("513 input tokens")
                .hasMessageContaining("512");
    }

    @Test
    void aBatchWithoutAnswersHasNoLossAndNothingToLearnFrom() {
        TokenBatch allPrompt = new TokenBatch(new int[] {1, 2, 3}, new int[] {3}, new int[] {3}, true);
        assertThat(model.loss(allPrompt)).isEqualTo(LossSum.ZERO);
        try (FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS)) {
            assertThatThrownBy(() -> tuning.step(List.of(allPrompt), 1e-4))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no targets");
        }
    }

    private static TokenBatch batch(boolean answerOnly, int... tokens) {
        return new TokenBatch(tokens, new int[] {tokens.length}, new int[] {0}, answerOnly);
    }
}
