package dev.apprentice.cli.benchmark;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.JsonTrouble;
import dev.apprentice.prompts.PromptStyle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Examples to measure speed with.
 *
 * @param examples at least one
 */
public record BenchmarkExamples(List<Example> examples) {

    private static final String BUNDLED = "/demo/instructions.json";

    /** An example as it stands in a file; a missing input becomes an empty one. */
    public record Example(String instruction, String input, String output) {

        public Example {
            input = input == null ? "" : input;
        }

        /** Returns the prompt in Alpaca style, with the header of the response at its end. */
        public String question() {
            return PromptStyle.ALPACA.question(instruction, input);
        }
    }

    /** Reads the examples from a JSON array in a file, or the demo's examples if no file is given. */
    public static BenchmarkExamples read(Optional<Path> file) throws IOException {
        try (InputStream in = file.isPresent()
                ? Files.newInputStream(file.get())
                : BenchmarkExamples.class.getResourceAsStream(BUNDLED)) {
            List<Example> examples = Json.MAPPER.readValue(in, new TypeReference<>() {});
            if (examples.isEmpty() || examples.stream().anyMatch(each -> each == null || each.instruction() == null || each.output() == null)) {
                throw new CommandException("The data must be a JSON array of examples with instruction and output.");
            }
            return new BenchmarkExamples(examples);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new CommandException("The data in " + file.orElse(Path.of(BUNDLED)) + " cannot be read: " + JsonTrouble.words(e) + ".", e);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new CommandException("The data file " + e.getFile() + " does not exist; --data names one.");
        }
    }

    /** Returns this many examples, by cycling through these. Each instruction gets its number appended, so no two are equal. */
    public BenchmarkExamples repeated(int count) {
        return new BenchmarkExamples(IntStream.range(0, count)
                .mapToObj(i -> {
                    Example example = examples.get(i % examples.size());
                    return new Example(example.instruction() + " #" + i, example.input(), example.output());
                })
                .toList());
    }
}
