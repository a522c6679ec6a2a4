package dev.apprentice.dataset.datasets.example;

import java.io.IOException;

/** Takes examples one at a time, so that nobody has to hold them all. */
@FunctionalInterface
public interface ExampleSink {

    void add(Example example) throws IOException;
}
