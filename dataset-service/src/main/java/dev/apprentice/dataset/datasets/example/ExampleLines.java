package dev.apprentice.dataset.datasets.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.OrderedWork;
import dev.apprentice.dataset.persistence.DamagedFileException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Writes and reads files of examples: JSON lines, each an {@link Example}. */
public final class ExampleLines {

    private static final ObjectReader READER = Json.MAPPER.readerFor(Example.class);

    /** Bytes of a piece that is parsed as a whole. */
    private static final int AT_A_TIME = 1 << 18;

    private ExampleLines() {}

    public static void write(Example example, OutputStream out) throws IOException {
        out.write(Json.MAPPER.writeValueAsBytes(example));
        out.write('\n');
    }

    /**
     * Passes the examples of a file on in their order, one at a time; later ones are parsed in parallel.
     *
     * @throws DamagedFileException if the file contains something else
     */
    public static void forEach(Path file, ExampleSink sink) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                OrderedWork<byte[], List<Example>> reading = new OrderedWork<>(lines -> read(lines, file), examples -> {
                    for (Example example : examples) {
                        sink.add(example);
                    }
                })) {
            byte[] begun = {};
            for (byte[] next = in.readNBytes(AT_A_TIME); next.length > 0; next = in.readNBytes(AT_A_TIME)) {
                byte[] all = joined(begun, next);
                int end = all.length;
                while (end > begun.length && all[end - 1] != '\n') {
                    end--;
                }
                boolean whole = end > begun.length;
                begun = whole ? Arrays.copyOfRange(all, end, all.length) : all;
                if (whole) {
                    reading.add(Arrays.copyOf(all, end));
                }
            }
            reading.add(begun);
            reading.finish();
        }
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private static List<Example> read(byte[] lines, Path file) throws IOException {
        List<Example> read = new ArrayList<>();
        try (MappingIterator<Example> examples = READER.readValues(lines)) {
            while (examples.hasNextValue()) {
                Example example = examples.nextValue();
                if (example.id() == null || example.instruction() == null || example.input() == null || example.output() == null) {
                    throw damaged(file, null);
                }
                read.add(example);
            }
            return read;
        } catch (JsonProcessingException | CharConversionException e) {
            throw damaged(file, e);
        }
    }

    private static DamagedFileException damaged(Path file, IOException cause) {
        return new DamagedFileException("file " + file + " is damaged; restore it, or upload the dataset again and start a run of"
                + " another name", cause);
    }

    /** Returns the number of examples in a file. */
    public static int count(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return Math.toIntExact(lines.count());
        }
    }
}
