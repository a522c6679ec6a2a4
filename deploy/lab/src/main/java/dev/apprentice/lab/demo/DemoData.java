package dev.apprentice.lab.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter.FixedSpaceIndenter;
import com.fasterxml.jackson.core.util.Separators;
import dev.apprentice.contracts.Json;
import dev.apprentice.prompts.PromptStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files of the demo that are made rather than written, as text by their path; the same bytes every time. */
final class DemoData {

    /** Chosen by hand: nothing depends on it but the order of the examples. */
    static final long SEED = 123;

    static final int VOCABULARY_SIZE = 1000;

    /** Line ends are named, so that the bytes are the same on every system. */
    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private DemoData() {}

    static Map<String, String> files() {
        List<Example> examples = OrderedExamples.of(World.tasks(), SEED).stream()
                .map(Pairing::example)
                .toList();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("instructions.json", instructions(examples));
        files.put("model/tokenizer.json", tokenizer(examples));
        return files;
    }

    /** A JSON array with one example a line, so that a change of the world is readable as a difference of lines. */
    private static String instructions(List<Example> examples) {
        PrettyPrinter oneLine = PRINTER.withObjectIndenter(FixedSpaceIndenter.instance);
        return examples.stream()
                .map(example -> text(example, oneLine))
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static String tokenizer(List<Example> examples) {
        List<String> texts = examples.stream()
                .map(example -> PromptStyle.ALPACA.question(example.instruction(), example.input()) + example.output())
                .toList();
        // one id is left for the end-of-text
        BytePairEncoding encoding = BytePairEncoding.train(texts, VOCABULARY_SIZE - 1);
        return text(TokenizerJson.of(encoding), PRINTER) + "\n";
    }

    private static String text(Object value, PrettyPrinter printer) {
        try {
            return Json.MAPPER.writer(printer).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value in memory could not be written as JSON", e);
        }
    }
}
