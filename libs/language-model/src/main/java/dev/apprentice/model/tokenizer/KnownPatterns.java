package dev.apprentice.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The regular expressions that a tokenizer.json may contain: those of published models, which take time in proportion to the text.
 * The native library ends the whole process if a pattern backtracks too much, so all other patterns are refused.
 */
final class KnownPatterns {

    private static final Set<String> KNOWN = read();

    private KnownPatterns() {}

    /** Reads the patterns, one per line. A line that begins with "## " names the models of the patterns below it. */
    private static Set<String> read() {
        try (InputStream in = Objects.requireNonNull(KnownPatterns.class.getResourceAsStream("patterns.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("## "))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Escapes line breaks and tabs, because some files contain the characters and others the escapes of regular expressions. */
    private static String escaped(String pattern) {
        return pattern.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
    }

    /** @throws ModelException naming the first unknown pattern */
    static void require(Path path, ObjectNode tokenizer) {
        for (String part : List.of("normalizer", "pre_tokenizer", "decoder")) {
            for (JsonNode pattern : tokenizer.path(part).findValues("Regex")) {
                if (!KNOWN.contains(escaped(pattern.asText()))) {
                    throw new ModelException(path + ": the " + part + " has the regular expression " + shortened(pattern)
                            + ", which is unknown (known are GPT-2's, Llama 3's, Qwen2's and others); unknown ones are refused"
                            + " because they can stall or crash the tokenizer. Use the tokenizer as published, or one"
                            + " with the pre-tokenizer ByteLevel");
                }
            }
        }
    }

    private static String shortened(JsonNode pattern) {
        String text = pattern.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
