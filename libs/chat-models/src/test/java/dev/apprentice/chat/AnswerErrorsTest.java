package dev.apprentice.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer with status 200 may still be an error. */
class AnswerErrorsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "It works!|its answer is not JSON: It works!", "``|its answer is empty", "[]|its answer lacks the model's text: []",
        "{\"choices\": []}|its answer lacks the model's text: {\"choices\":[]}"
    })
    void anAnswerWithoutAnAnswerIsQuoted(String body, String words) {
        assertThat(AnswerErrors.errorIn(body)).contains(words);
    }
}
