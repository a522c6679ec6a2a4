package dev.apprentice.dataset.batches;

import dev.apprentice.dataset.datasets.catalog.FingerprintSet;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.datasets.example.ExampleSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The examples of a run's datasets, in their order: all of them, or all that say something new. */
final class Selection {

    private final List<Path> files;
    private final boolean once;
    private final int[] ends;
    private final QuestionHashes questions = new QuestionHashes();
    private final BitSet leftOut = new BitSet();

    private Selection(List<Path> files, boolean once) {
        this.files = files;
        this.once = once;
        this.ends = new int[files.size()];
    }

    /**
     * @param files of {@link ExampleLines}
     * @param once whether examples that say all that an earlier one says are left out
     */
    static Selection of(List<Path> files, boolean once) throws IOException {
        Selection selection = new Selection(files, once);
        FingerprintSet known = new FingerprintSet();
        for (int i = 0; i < files.size(); i++) {
            ExampleLines.forEach(files.get(i), example -> selection.add(example, !once || known.add(example.fingerprint())));
            selection.ends[i] = selection.questions.size();
        }
        return selection;
    }

    /** How many examples there are up to the end of each file. */
    int[] ends() {
        return ends;
    }

    private void add(Example example, boolean wanted) {
        if (wanted) {
            questions.add(example);
        } else {
            leftOut.set(questions.size() + leftOut.cardinality());
        }
    }

    /** What each of the examples asks. */
    QuestionHashes questions() {
        return questions;
    }

    /** How many examples of the dataset are left out; empty where they are kept. */
    Optional<Integer> leftOut() {
        return once ? Optional.of(leftOut.cardinality()) : Optional.empty();
    }

    /** Hands the examples on, one at a time. */
    void forEach(ExampleSink sink) throws IOException {
        ExampleSink wanted = new ExampleSink() {
            private int place;

            @Override
            public void add(Example example) throws IOException {
                if (!leftOut.get(place++)) {
                    sink.add(example);
                }
            }
        };
        for (Path file : files) {
            ExampleLines.forEach(file, wanted);
        }
    }
}
