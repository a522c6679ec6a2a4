package dev.apprentice.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteAlphabetTest {

    private final ByteAlphabet alphabet = new ByteAlphabet();

    @Test
    void symbolsStandInTheOrderOfAPublishedVocabulary() throws IOException {
        JsonNode published = Json.MAPPER.readTree(Fixtures.bytes("tokenizer.json")).at("/model/vocab");
        List<String> inFileOrder = new ArrayList<>();
        published.fieldNames().forEachRemaining(inFileOrder::add);

        assertThat(alphabet.symbols()).isEqualTo(inFileOrder);
    }

    @Test
    void invisibleBytesAreWrittenAsVisibleCharacters() {
        assertThat(alphabet.symbolsOf("a b\n")).containsExactly("a", "Ġ", "b", "Ċ");
    }

    @Test
    void aCharacterBeyondAsciiBecomesItsUtf8Bytes() {
        assertThat(alphabet.symbolsOf("é")).containsExactly("Ã", "©");
    }
}
