package dev.apprentice.dataset.datasets.example;

import java.io.IOException;

/** Receives examples one at a time, so they need not be in memory together. */
@FunctionalInterface
public interface ExampleSink {

    void add(Example example) throws IOException;
}
