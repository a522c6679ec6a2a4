package dev.apprentice.dataset.example;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How this service keeps examples on disk: JSON lines, each an {@link Example}. */
public final class ExampleLines {

    private static final ObjectReader READER = Json.MAPPER.readerFor(Example.class);

    private ExampleLines() {}

    public static void write(Example example, OutputStream out) throws IOException {
        out.write(Json.MAPPER.writeValueAsBytes(example));
        out.write('\n');
    }

    /** Hands on the examples of a file in their order, one at a time. */
    public static void forEach(Path file, ExampleSink sink) throws IOException {
        try (MappingIterator<Example> examples = READER.readValues(Files.newBufferedReader(file))) {
            while (examples.hasNextValue()) {
                sink.add(examples.nextValue());
            }
        }
    }

    /** How many examples a file has. */
    public static int count(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return Math.toIntExact(lines.count());
        }
    }
}
