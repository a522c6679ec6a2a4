package dev.apprentice.dataset.datasets.format;

import dev.apprentice.dataset.datasets.download.Incoming;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import dev.apprentice.dataset.datasets.reading.outcome.ReadingResult;
import dev.apprentice.dataset.datasets.reading.outcome.Reject;
import dev.apprentice.dataset.table.Scratch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The result of reading a file. */
record Taken(List<Example> examples, List<Reject> rejects, ReadingResult reading) {

    static Taken of(String file, String text, Path scratch) throws IOException {
        return of(file, text.getBytes(StandardCharsets.UTF_8), ReadSettings.USUAL, scratch);
    }

    static Taken of(String file, byte[] bytes, ReadSettings settings, Path scratch) throws IOException {
        return of(Incoming.of(new ByteArrayInputStream(bytes), file), settings, scratch);
    }

    static Taken of(Incoming data, ReadSettings settings, Path scratch) throws IOException {
        List<Example> examples = new ArrayList<>();
        List<Reject> rejects = new ArrayList<>();
        try (Scratch tables = new Scratch(scratch)) {
            ExampleReader reader = new ExampleReader(new ExampleSize(1 << 20), settings, tables, examples::add, rejects::add);
            new DataFiles(scratch, 1 << 24, reader).readAll(data);
            return new Taken(examples, rejects, reader.finish());
        } finally {
            try (Stream<Path> left = Files.list(scratch)) {
                List<Path> files = left.toList();
                if (!files.isEmpty()) {
                    throw new AssertionError("left behind: " + files);
                }
            }
        }
    }

    /** Returns instruction, input and output of each example as one text. */
    List<String> said() {
        return examples.stream().map(each -> each.instruction() + "|" + each.input() + "|" + each.output()).toList();
    }
}
