package dev.apprentice.dataset.datasets.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Json;
import java.util.Optional;

/**
 * The largest size of an example, so that every record made from it (instruction, prompt, response, score) can be sent.
 *
 * @param largest bytes it may have as JSON
 */
public record ExampleSize(int largest) {

    /** The largest number of bytes of a character in JSON, such as {@code &#92;u001f}. */
    private static final int LONGEST_CHARACTER = 6;
    /** Quotes, braces and names around the texts. */
    private static final int AROUND = 100;

    /** Returns why an example is too large; empty if it is not. */
    public Optional<String> excess(Example example) {
        int around = AROUND * (1 + example.turns().size());
        if (example.characters() * LONGEST_CHARACTER + around <= largest) {
            return Optional.empty();
        }
        int bytes = json(example).length;
        return bytes <= largest
                ? Optional.empty()
                : Optional.of(("has %,d bytes as JSON; the limit is %,d, so that every record made from it fits into"
                                + " apprentice.kafka.max-record-bytes; make it shorter")
                        .formatted(bytes, largest));
    }

    private static byte[] json(Example example) {
        try {
            return Json.MAPPER.writeValueAsBytes(example);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written as JSON", e);
        }
    }
}
