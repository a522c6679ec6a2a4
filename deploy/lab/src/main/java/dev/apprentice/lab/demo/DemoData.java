package dev.apprentice.lab.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter.FixedSpaceIndenter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.apprentice.contracts.Json;
import dev.apprentice.prompts.PromptStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files of the demo that are made rather than written, as text by their path; the same bytes every time. */
final class DemoData {

    /** Chosen by hand: nothing depends on it but the order of the examples. */
    static final long SEED = 123;

    static final int VOCABULARY_SIZE = 1200;

    /** How often the base model's texts say each fact. */
    private static final int PASSES = 120;

    private static final int PASSES_OF_TOKENIZER = 10;

    /** Line ends are named, so that the bytes are the same on every system. */
    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private DemoData() {}

    static Map<String, String> files() {
        World world = World.of(SEED);
        List<Example> examples = Instructions.of(world, SEED);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("instructions.json", instructions(examples));
        files.put("model/tokenizer.json", tokenizer(world, examples));
        return files;
    }

    /** What the base model learns, one text a line. */
    static String statements() {
        return Statements.of(World.of(SEED), PASSES, SEED).stream()
                .map(text -> text(Map.of("text", text), new MinimalPrettyPrinter("")) + "\n")
                .collect(Collectors.joining());
    }

    /** A JSON array with one example a line, so that a change of the world is readable as a difference of lines. */
    private static String instructions(List<Example> examples) {
        PrettyPrinter oneLine = PRINTER.withObjectIndenter(FixedSpaceIndenter.instance);
        return examples.stream()
                .map(example -> text(example, oneLine))
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    /** Trained on what base and tuned model read. */
    private static String tokenizer(World world, List<Example> examples) {
        List<String> texts = new ArrayList<>(Statements.of(world, PASSES_OF_TOKENIZER, SEED));
        examples.forEach(example ->
                texts.add(PromptStyle.ALPACA.question(example.instruction(), example.input()) + example.output()));
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
