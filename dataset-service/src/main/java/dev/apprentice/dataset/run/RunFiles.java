package dev.apprentice.dataset.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a run's examples.
 *
 * @param shared those that are shared out, the run's first dataset first
 * @param test that of the exam, where it has one of its own
 * @param validation that which measures the loss, where there is one
 */
public record RunFiles(List<Path> shared, Optional<Path> test, Optional<Path> validation) {

    public RunFiles {
        shared = List.copyOf(shared);
    }

    /** Held-out ones first, so that what is given again is left out of training. */
    public List<Path> inOrder() {
        return Stream.of(test.stream(), validation.stream(), shared.stream()).flatMap(files -> files).toList();
    }
}
