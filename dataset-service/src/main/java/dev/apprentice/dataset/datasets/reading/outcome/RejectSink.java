package dev.apprentice.dataset.datasets.reading.outcome;

import java.io.IOException;

/** Receives entries that were left out, one at a time. */
@FunctionalInterface
public interface RejectSink {

    void add(Reject reject) throws IOException;
}
