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
 * Examples to measure with.
 *
 * @param examples at least one
 */
public record BenchmarkExamples(List<Example> examples) {

    private static final String BUNDLED = "/demo/instructions.json";

    /** An example as files have it; a missing input is an empty one. */
    public record Example(String instruction, String input, String output) {

        public Example {
            input = input == null ? "" : input;
        }

        /** What is asked, in Alpaca's words, the answer's header included. */
        public String question() {
            return PromptStyle.ALPACA.question(instruction, input);
        }
    }

    /** Those of a JSON array in a file, or else the demo's. */
    public static BenchmarkExamples read(Optional<Path> file) throws IOException {
        try (InputStream in = file.isPresent()
                ? Files.newInputStream(file.get())
                : BenchmarkExamples.class.getResourceAsStream(BUNDLED)) {
            List<Example> examples = Json.MAPPER.readValue(in, new TypeReference<>() {});
            if (examples.isEmpty() || examples.stream().anyMatch(each -> each.instruction() == null || each.output() == null)) {
                throw new CommandException("The data must be a JSON array of examples with instruction and output.");
            }
            return new BenchmarkExamples(examples);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new CommandException("The data in " + file.orElse(Path.of(BUNDLED)) + " cannot be read: " + JsonTrouble.words(e) + ".", e);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new CommandException("The data file " + e.getFile() + " does not exist; --data names one.");
        }
    }

    /** So many: these again and again, each time with another number behind the instruction. */
    public BenchmarkExamples repeated(int count) {
        return new BenchmarkExamples(IntStream.range(0, count)
                .mapToObj(i -> {
                    Example example = examples.get(i % examples.size());
                    return new Example(example.instruction() + " #" + i, example.input(), example.output());
                })
                .toList());
    }
}
