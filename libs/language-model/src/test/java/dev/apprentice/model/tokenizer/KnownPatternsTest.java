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
import org.junit.jupiter.params.provider.ValueSource;

/** A pattern that backtracks too much would end the whole process, including this test's. */
class KnownPatternsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** The patterns from the tokenizer.json of Llama 3, Qwen2, and DeepSeek V3, which has unescaped line breaks. */
    @ParameterizedTest
    @ValueSource(strings = {
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+",
    })
    void thoseOfPublishedModelsAreUsed(String pattern) throws IOException {
        try (Tokenizer tokenizer = Tokenizer.load(withSplit(pattern))) {
            assertThat(tokenizer.decode(tokenizer.encode("It's 12345\n\n  times"))).isEqualTo("It's 12345\n\n  times");
        }
    }

    @Test
    void allOfTheListTakeLongTextsOfOneKindOfCharacter() throws IOException {
        try (var in = KnownPatterns.class.getResourceAsStream("patterns.txt")) {
            for (String pattern : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).split("\n")) {
                if (pattern.startsWith("## ")) {
                    continue;
                }
                try (Tokenizer tokenizer = Tokenizer.load(withSplit(pattern))) {
                    for (String character : new String[] {" ", "a", "A", "1", "!", "\n", " \n"}) {
                        String text = character.repeat(20_000) + "é";
                        assertThat(tokenizer.encode(text)).as(pattern).isNotEmpty();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"normalizer", "pre_tokenizer", "decoder"})
    void anyOtherIsRefusedByName(String part) throws IOException {
        String pattern = "(a+)+$|(\\w+\\s?)+!";
        ObjectNode json = (ObjectNode) JSON.readTree(Fixtures.bytes("tokenizer.json"));
        ObjectNode step = json.putObject(part).put("type", "Sequence").putArray("steps").addObject();
        step.put("type", "Split").putObject("pattern").put("Regex", pattern);
        Path file = Files.writeString(folder.resolve("tokenizer.json"), json.toString());

        assertThatThrownBy(() -> Tokenizer.load(file))
                .isInstanceOf(ModelException.class)
                .hasMessage(file + ": the " + part + " has the regular expression \"(a+)+$|(\\\\w+\\\\s?)+!\", which is unknown"
                        + " (known are GPT-2's, Llama 3's, Qwen2's and others); unknown ones are refused because they can stall"
                        + " or crash the tokenizer. Use the tokenizer as published, or one with the pre-tokenizer"
                        + " ByteLevel");
    }

    private Path withSplit(String pattern) throws IOException {
        ObjectNode json = (ObjectNode) JSON.readTree(Fixtures.bytes("tokenizer.json"));
        ObjectNode sequence = json.putObject("pre_tokenizer").put("type", "Sequence");
        var steps = sequence.putArray("pretokenizers");
        ObjectNode split = steps.addObject().put("type", "Split").put("behavior", "Isolated").put("invert", false);
        split.putObject("pattern").put("Regex", pattern);
        steps.addObject().put("type", "ByteLevel").put("add_prefix_space", false).put("trim_offsets", true).put("use_regex", false);
        return Files.writeString(folder.resolve("tokenizer.json"), json.toString());
    }
}
