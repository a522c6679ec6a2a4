package dev.apprentice.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.model.tokenizer.RowBuilder.Overlong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end-of-text is 0, the prompt is 1 2 3, and rows have at most 4 inputs. */
class RowBuilderTest {

    private static final int END = 0;
    private static final TokenizedRow FITS = new TokenizedRow(new int[] {1, 2, 3, 7}, 3);
    private static final TokenizedRow ANSWER_TOO_LONG = new TokenizedRow(new int[] {1, 2, 3, 7, 8, 9}, 3);
    private static final TokenizedRow PROMPT_TOO_LONG = new TokenizedRow(new int[] {1, 2, 3, 4, 5, 6, 7}, 6);

    @ParameterizedTest
    @EnumSource
    void endsARowThatFitsWithTheEndOfText(Overlong policy) {
        RowBuilder builder = builder(policy, true);
        Row row = builder.build(FITS).orElseThrow();
        assertThat(row.ids()).containsExactly(1, 2, 3, 7, END);
        assertThat(row.promptLength()).isEqualTo(3);
        assertThat(builder.overlongRows()).isZero();
    }

    @Test
    void truncateCutsAndLosesTheEndOfText() {
        Row row = builder(Overlong.TRUNCATE, true).build(ANSWER_TOO_LONG).orElseThrow();
        assertThat(row.ids()).containsExactly(1, 2, 3, 7, 8);
        assertThat(row.promptLength()).isEqualTo(3);
    }

    @Test
    void aRowWhoseEndOfTextAloneIsTooMuchIsTooLong() {
        TokenizedRow exactly = new TokenizedRow(new int[] {1, 2, 3, 7, 8}, 3);
        assertThat(builder(Overlong.TRUNCATE, true).build(exactly).orElseThrow().ids()).containsExactly(1, 2, 3, 7, 8);
        assertThat(builder(Overlong.TERMINATE, true).build(exactly).orElseThrow().ids()).containsExactly(1, 2, 3, 7, END);
        assertThat(builder(Overlong.DROP, true).build(exactly)).isEmpty();
    }

    @Test
    void terminateCutsAndKeepsTheEndOfText() {
        Row row = builder(Overlong.TERMINATE, true).build(ANSWER_TOO_LONG).orElseThrow();
        assertThat(row.ids()).containsExactly(1, 2, 3, 7, END);
        assertThat(row.promptLength()).isEqualTo(3);
    }

    @Test
    void dropLeavesOut() {
        RowBuilder builder = builder(Overlong.DROP, false);
        assertThat(builder.build(ANSWER_TOO_LONG)).isEmpty();
        assertThat(builder.overlongRows()).isEqualTo(1);
        assertThat(builder.withoutTargets()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"TRUNCATE", "TERMINATE"})
    void aRowWithoutAnyOfItsAnswerHasNoTargetsWhereOnlyTheAnswerCounts(Overlong policy) {
        RowBuilder builder = builder(policy, true);
        assertThat(builder.build(PROMPT_TOO_LONG)).isEmpty();
        assertThat(builder.withoutTargets()).isEqualTo(1);
    }

    @Test
    void aRowWithoutAnyOfItsAnswerIsKeptWhereThePromptCountsToo() {
        Row truncated = builder(Overlong.TRUNCATE, false).build(PROMPT_TOO_LONG).orElseThrow();
        assertThat(truncated.ids()).containsExactly(1, 2, 3, 4, 5);
        assertThat(truncated.promptLength()).isEqualTo(5);

        Row terminated = builder(Overlong.TERMINATE, false).build(PROMPT_TOO_LONG).orElseThrow();
        assertThat(terminated.ids()).containsExactly(1, 2, 3, 4, END);
        assertThat(terminated.promptLength()).as("the end-of-text is not the prompt's").isEqualTo(4);
    }

    private static RowBuilder builder(Overlong policy, boolean answerOnly) {
        return new RowBuilder(END, 4, policy, answerOnly);
    }
}
