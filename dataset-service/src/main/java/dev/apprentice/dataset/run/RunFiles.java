package dev.apprentice.dataset.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a run's examples.
 *
 * @param shared files whose examples the split shares out, beginning with the run's first dataset
 * @param test file of the exam, if the run names one
 * @param validation file of the validation examples, if the run names one
 */
public record RunFiles(List<Path> shared, Optional<Path> test, Optional<Path> validation) {

    public RunFiles {
        shared = List.copyOf(shared);
    }

    /** Returns all files, held-out ones first, so duplicates are left out of training rather than of the exam. */
    public List<Path> inOrder() {
        return Stream.of(test.stream(), validation.stream(), shared.stream()).flatMap(files -> files).toList();
    }
}
