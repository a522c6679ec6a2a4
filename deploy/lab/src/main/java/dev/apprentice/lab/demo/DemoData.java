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

/** Generates the demo's files that are not written by hand, as text by path. The output is deterministic. */
final class DemoData {

    /** The seed of the world, of the examples and of their order. Any other number would do. */
    static final long SEED = 123;

    static final int VOCABULARY_SIZE = 1200;

    /** How many times the base model's texts state each fact. */
    private static final int PASSES = 120;

    private static final int PASSES_OF_TOKENIZER = 10;

    /** Explicit line ends keep the bytes equal on every system. */
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

    /** Returns what the base model learns, as JSON lines with a text each. */
    static String statements() {
        return Statements.of(World.of(SEED), PASSES, SEED).stream()
                .map(text -> text(Map.of("text", text), new MinimalPrettyPrinter("")) + "\n")
                .collect(Collectors.joining());
    }

    /** Returns a JSON array with one example on each line, so a change of the world shows as changed lines. */
    private static String instructions(List<Example> examples) {
        PrettyPrinter oneLine = PRINTER.withObjectIndenter(FixedSpaceIndenter.instance);
        return examples.stream()
                .map(example -> text(example, oneLine))
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    /** Returns a tokenizer trained on what the base and the tuned model read. */
    private static String tokenizer(World world, List<Example> examples) {
        List<String> texts = new ArrayList<>(Statements.of(world, PASSES_OF_TOKENIZER, SEED));
        examples.forEach(example ->
                texts.add(PromptStyle.ALPACA.question(example.instruction(), example.input()) + example.output()));
        // one id is left for the end-of-text token
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
