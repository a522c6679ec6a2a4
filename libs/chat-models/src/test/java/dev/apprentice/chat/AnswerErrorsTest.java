package dev.apprentice.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer with status 200 may still be an error. */
class AnswerErrorsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "It works!|there is no JSON in its answer: It works!", "``|its answer is empty", "[]|there is no answer in []",
        "{\"choices\": []}|there is no answer in {\"choices\":[]}"
    })
    void anAnswerWithoutAnAnswerIsQuoted(String body, String words) {
        assertThat(AnswerErrors.errorIn(body)).contains(words);
    }
}
