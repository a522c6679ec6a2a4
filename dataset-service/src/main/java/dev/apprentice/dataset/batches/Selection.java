package dev.apprentice.dataset.batches;

import dev.apprentice.dataset.datasets.catalog.FingerprintSet;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.datasets.example.ExampleSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/** The examples of a dataset that a run is made of, in their order: all of them, or all that say something new. */
final class Selection {

    private final Path examples;
    private final boolean once;
    private final QuestionHashes questions = new QuestionHashes();
    private final BitSet leftOut = new BitSet();

    private Selection(Path examples, boolean once) {
        this.examples = examples;
        this.once = once;
    }

    /**
     * @param examples a file of {@link ExampleLines}
     * @param once whether examples that say all that an earlier one says are left out
     */
    static Selection of(Path examples, boolean once) throws IOException {
        Selection selection = new Selection(examples, once);
        FingerprintSet known = new FingerprintSet();
        ExampleLines.forEach(examples, example -> selection.add(example, !once || known.add(example.fingerprint())));
        return selection;
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
        ExampleLines.forEach(examples, new ExampleSink() {
            private int place;

            @Override
            public void add(Example example) throws IOException {
                if (!leftOut.get(place++)) {
                    sink.add(example);
                }
            }
        });
    }
}
