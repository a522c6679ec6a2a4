package dev.apprentice.chat.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finds JSON in the text that models put around it. */
class AnswerJsonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "{\"a\":1}|{\"a\":1}",
        "<think>{\"a\":0} or not?</think>⏎{\"a\":1}|{\"a\":1}",
        "so {\"a\":0}</think>{\"a\":1}|{\"a\":1}",
        "Here are 2 of [them]:⏎```json⏎[{\"a\":1},{\"a\":2}]⏎```⏎I hope this helps!|[{\"a\":1},{\"a\":2}]",
        "{\"a\":1}⏎{\"a\":2}|{\"a\":1}{\"a\":2}",
        "[{\"a\":1},{\"a\":2},{\"a|{\"a\":1}{\"a\":2}",
        "{\"a\":\"two⏎lines\",}|{\"a\":\"two\\nlines\"}",
        "<think>{\"a\":0} and then|^^",
        "I cannot do {that}.|^^"
    })
    void valuesAreFoundInAnAnswer(String answer, String values) {
        assertThat(AnswerJson.values(answer.replace('⏎', '\n')).stream().map(JsonNode::toString).reduce("", String::concat)).isEqualTo(values);
    }

    @Test
    void anAnswerOfBracketsAloneEndsSoonWithNothing() {
        assertThat(AnswerJson.values("[".repeat(100_000))).isEmpty();
        assertThat(AnswerJson.values("[".repeat(1_000) + "{\"a\":1}")).as("a value behind them").hasToString("[{\"a\":1}]");
        assertThat(AnswerJson.values("[" + "1,".repeat(200_000))).as("longer than any that was asked for").isEmpty();
    }
}
