package dev.apprentice.dataset.datasets.example;

import java.io.IOException;

/** Takes examples one at a time, so that they never have to be held all at once. */
@FunctionalInterface
public interface ExampleSink {

    void add(Example example) throws IOException;
}
