package dev.apprentice.dataset.datasets.reading;

import dev.apprentice.dataset.datasets.example.ExampleSink;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.datasets.reading.outcome.IgnoredFields;
import dev.apprentice.dataset.table.Scratch;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Reads JSON that must be valid as a whole. */
public final class WholeJson {

    private WholeJson() {}

    /** Reads all of it. @return the entries' content that is not learned */
    public static IgnoredFields read(byte[] json, int largestExample, ExampleSink sink) throws IOException {
        try (Scratch scratch = Scratch.ofTheSystem()) {
            ExampleReader reader = new ExampleReader(new ExampleSize(largestExample), ReadSettings.STRICT, scratch, sink, reject -> {});
            reader.readJson(new ByteArrayInputStream(json));
            return reader.finish().ignored();
        }
    }
}
