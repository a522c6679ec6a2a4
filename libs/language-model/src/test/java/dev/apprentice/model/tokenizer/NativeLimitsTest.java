package dev.apprentice.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Input that makes the native library end the process must be refused before; it would also end this test's process. */
class NativeLimitsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "/normalizer | {'type': 'Precompiled', 'precompiled_charsmap': 'IAAAANLx'} | the normalizer 'Precompiled'",
        "/normalizer | {'type': 'Sequence', 'normalizers': [{'type': 'Precompiled'}]} | the normalizer 'Precompiled'",
        "/normalizer | {'type': 'StripAccents'} | the normalizer 'StripAccents'",
        "/pre_tokenizer | {'type': 'FixedLength', 'length': 0} | the pre_tokenizer 'FixedLength'",
        "/pre_tokenizer | {'type': 'UnicodeScripts'} | the pre_tokenizer 'UnicodeScripts'",
        "/decoder | {'type': 'Sequence', 'decoders': [{'type': 'Strip', 'content': 'a', 'start': 0, 'stop': 1}]}"
                + " | a decoder that strips the end of a token",
        "/model/continuing_subword_prefix | '##' | a BPE model with a 'continuing_subword_prefix'"
    })
    void whatCanEndTheProcessIsRefusedByName(String place, String json, String what) throws IOException {
        Path file = tokenizer(place, json);

        assertThatThrownBy(() -> Tokenizer.load(file))
                .isInstanceOf(ModelException.class)
                .hasMessage(file + " has " + what + ", which can crash the native library and with it the whole process; use a"
                        + " tokenizer without it, such as the byte-level ones of GPT-2, Llama 3 and Qwen2");
    }

    @Test
    void llama2sDecoderStripsTheBeginningOnly() throws IOException {
        Path file = tokenizer("/decoder", "{'type': 'Strip', 'content': ' ', 'start': 1, 'stop': 0}");

        try (Tokenizer tokenizer = Tokenizer.load(file)) {
            assertThat(tokenizer.decode(71)).isEqualTo("h");
        }
    }

    private Path tokenizer(String place, String json) throws IOException {
        ObjectNode tokenizer = (ObjectNode) JSON.readTree(Fixtures.bytes("tokenizer.json"));
        tokenizer.withArray("added_tokens").addObject().put("id", 257).put("content", "xyzzy").put("special", false)
                .put("normalized", true).put("single_word", false).put("lstrip", false).put("rstrip", false);
        int slash = place.lastIndexOf('/');
        ((ObjectNode) tokenizer.at(place.substring(0, slash))).set(place.substring(slash + 1), JSON.readTree(json.replace('\'', '"')));
        return Files.writeString(folder.resolve("tokenizer.json"), tokenizer.toString());
    }
}
