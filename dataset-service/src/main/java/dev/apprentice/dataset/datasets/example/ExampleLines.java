package dev.apprentice.dataset.datasets.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.persistence.DamagedFileException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** How this service keeps examples on disk: JSON lines, each an {@link Example}. */
public final class ExampleLines {

    private static final ObjectReader READER = Json.MAPPER.readerFor(Example.class);

    private ExampleLines() {}

    public static void write(Example example, OutputStream out) throws IOException {
        out.write(Json.MAPPER.writeValueAsBytes(example));
        out.write('\n');
    }

    /**
     * Hands on the examples of a file in their order, one at a time.
     *
     * @throws DamagedFileException if it holds something else
     */
    public static void forEach(Path file, ExampleSink sink) throws IOException {
        try (MappingIterator<Example> examples = READER.readValues(Files.newBufferedReader(file))) {
            for (Optional<Example> next = next(examples, file); next.isPresent(); next = next(examples, file)) {
                sink.add(next.get());
            }
        }
    }

    private static Optional<Example> next(MappingIterator<Example> examples, Path file) throws IOException {
        try {
            if (!examples.hasNextValue()) {
                return Optional.empty();
            }
            Example example = examples.nextValue();
            if (example.id() != null && example.instruction() != null && example.input() != null && example.output() != null) {
                return Optional.of(example);
            }
            throw damaged(file, null);
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw damaged(file, e);
        }
    }

    private static DamagedFileException damaged(Path file, IOException cause) {
        return new DamagedFileException("file " + file + " is damaged; restore it, or upload the dataset again and start a run of"
                + " another name", cause);
    }

    /** How many examples a file has. */
    public static int count(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return Math.toIntExact(lines.count());
        }
    }
}
