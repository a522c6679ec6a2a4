package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.datasets.example.IdTable;
import dev.apprentice.dataset.table.LongMap;
import dev.apprentice.dataset.table.Scratch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Shares a dataset's examples out and counts what is asked more than once. */
final class SharedOut {

    /** What is known of a question: how many examples ask it, how many of those are a test, and whether one is learned. */
    private static final long TIMES = 0x7fff_ffffL;

    private static final long TESTED = TIMES + 1;
    private static final long TRAINED = 1L << 62;

    private final Selection examples;
    private final QuestionHashes questions;
    private final Sharing sharing;
    private final Weights weights;
    private final IdTable examIds;
    private final LongMap asked;
    private int index;
    private int test;

    /** @param scratch for what is known of questions */
    SharedOut(Selection examples, Sharing sharing, Weights weights, Scratch scratch) throws IOException {
        this.examIds = new IdTable(scratch);
        this.weights = weights;
        this.examples = examples;
        this.questions = examples.questions();
        this.sharing = sharing;
        this.asked = questions.times();
    }

    /**
     * Writes the test questions to the exam, and hands the others on.
     *
     * @param exam the file to write to, as {@link ExampleLines}
     * @param leaks gets to know what is held out
     */
    void write(Path exam, RowCollector rows, Leaks leaks) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(exam))) {
            examples.forEach(example -> {
                Share share = sharing.of(index, example);
                int times = share == Share.TRAIN ? weights.times(index) : 1;
                count(share, questions.at(index++));
                leaks.hold(share, example);
                if (share == Share.TEST) {
                    ExampleLines.write(withFreeId(example), out);
                    return;
                }
                for (int i = 0; i < times; i++) {
                    rows.add(share, example);
                }
            });
        }
        rows.finish();
    }

    /** Two datasets may name examples alike, and a question is known by its id. */
    private Example withFreeId(Example example) throws IOException {
        String id = examIds.free(example.id(), test);
        return id.equals(example.id()) ? example : example.named(id);
    }

    private void count(Share share, long question) throws IOException {
        test += share == Share.TEST ? 1 : 0;
        long known = asked.get(question);
        if (share != Share.VALIDATION && (known & TIMES) > 1) {
            asked.put(question, share == Share.TRAIN ? known | TRAINED : known + TESTED);
        }
    }

    /** How many examples the exam has. */
    int test() {
        return test;
    }

    /** What is asked more than once; what is nearly equal has not been looked for. */
    Repeats repeats() {
        int leftOut = examples.leftOut().orElse(0);
        int again = questions.size() - asked.size();
        LongAdder trainedTest = new LongAdder();
        asked.forEachNumber(known -> trainedTest.add((known & TRAINED) != 0 ? (known & ~TRAINED) / TESTED : 0));
        int gone = leftOut + examples.asked();
        return new Repeats(questions.size() + gone, again + gone, trainedTest.intValue(), examples.leftOut(), Optional.of(examples.asked()),
                Optional.empty());
    }
}
