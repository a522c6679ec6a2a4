package dev.apprentice.judge.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Response.FinishReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextbookRubricTest {

    private final TextbookRubric rubric = new TextbookRubric();

    @Test
    void asksTheTextbooksQuestionToTheLetter() {
        Response response = new Response(
                "run", 1, "e", 0, 1, "Rewrite the sentence using a simile.", "The car is very fast.",
                "The car is as fast as lightning.", "The car is as fast as a bullet.",
                FinishReason.STOP, 1, 1, 0, Optional.empty());

        assertThat(rubric.question(response)).isEqualTo("""
                Given the input `Below is an instruction that describes a task. Write a response that appropriately \
                completes the request.

                ### Instruction:
                Rewrite the sentence using a simile.

                ### Input:
                The car is very fast.` and correct output `The car is as fast as lightning.`, score the model response \
                `The car is as fast as a bullet.` on a scale from 0 to 100, where 100 is the best score. \
                Respond with the integer number only.""");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "85,85", "100,100", "85.,85", "' 85 ',85", "'85\n',85", "'85.\n',85"})
    void readsAnIntegerThatStandsAlone(String answer, double score) {
        assertThat(rubric.read(answer)).contains(score);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", ".", "101", "1000", "-5", "+5", "85.5", "85..", "85 .", "085", "00", "85/100", "85%", "Score: 85", "**85**",
        "I would give it 85.", "85\n90", "٨٥", "eighty-five", "NaN", "99999999999999999999"
    })
    void readsNothingElse(String answer) {
        assertThat(rubric.read(answer)).isEmpty();
    }
}
