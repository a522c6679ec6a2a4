package dev.apprentice.dataset.batches;

import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.datasets.example.ExampleSink;
import dev.apprentice.dataset.table.LongMap;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The examples of a run's datasets, in their order: all of them, or without duplicates. */
final class Selection {

    private final List<Path> files;
    private final boolean once;
    private final int[] ends;
    private final QuestionHashes questions;
    /** One bit for each example in the files. */
    private final BitSet leftOut = new BitSet();
    private int allLeftOut;
    private int asked;

    private Selection(List<Path> files, boolean once, Scratch scratch) {
        this.questions = new QuestionHashes(scratch);
        this.files = files;
        this.once = once;
        this.ends = new int[files.size()];
    }

    /**
     * Reads the files and decides which examples to keep.
     *
     * @param files of {@link ExampleLines}
     * @param heldOut how many of the files, the first ones, are held out from training
     * @param once whether duplicates are left out: examples with the text of an earlier one, and shared-out examples with a
     *     question of a held-out file. A question that is learned, with any answer, is no longer a test
     * @param scratch folder and tables for the examples; has to stay open
     */
    static Selection of(List<Path> files, int heldOut, boolean once, Scratch scratch) throws IOException {
        Selection selection = new Selection(files, once, scratch);
        try (LongMap known = new LongMap(scratch.folder()); LongMap held = new LongMap(scratch.folder())) {
            for (int i = 0; i < files.size(); i++) {
                boolean isHeldOut = i < heldOut;
                ExampleLines.forEach(files.get(i), example -> {
                    long question = QuestionHashes.of(example);
                    boolean isNew = !once || known.add(example.textHash());
                    boolean isAsked = once && isNew && !isHeldOut && held.get(question) != 0;
                    if (isHeldOut) {
                        held.add(question);
                    }
                    selection.asked += isAsked ? 1 : 0;
                    selection.add(question, isNew && !isAsked);
                });
                selection.ends[i] = selection.questions.size();
            }
        }
        return selection;
    }

    /** Returns, for each file, the number of kept examples up to its end. */
    int[] ends() {
        return ends;
    }

    private void add(long question, boolean wanted) throws IOException {
        if (wanted) {
            questions.add(question);
        } else {
            leftOut.set(questions.size() + allLeftOut++);
        }
    }

    /** Returns the questions of the kept examples. */
    QuestionHashes questions() {
        return questions;
    }

    /** Returns how many examples are left out as duplicates of an earlier one; empty if duplicates are kept. */
    Optional<Integer> leftOut() {
        return once ? Optional.of(allLeftOut - asked) : Optional.empty();
    }

    /** Returns how many examples are left out because a held-out file asks their question. */
    int asked() {
        return asked;
    }

    /** Passes the kept examples on, one at a time. */
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
