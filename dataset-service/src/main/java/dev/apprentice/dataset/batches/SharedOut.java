package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.datasets.example.IdTable;
import dev.apprentice.dataset.table.Scratch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Assigns a run's examples to shares and counts repeated questions. */
final class SharedOut {

    private final Selection examples;
    private final Sharing sharing;
    private final SamplingWeights weights;
    private final IdTable examIds;
    private final AskedQuestions asked;
    private int index;
    private int test;

    /** @param scratch holds the ids of the exam */
    SharedOut(Selection examples, AskedQuestions asked, Sharing sharing, SamplingWeights weights, Scratch scratch) {
        this.examIds = new IdTable(scratch);
        this.weights = weights;
        this.examples = examples;
        this.sharing = sharing;
        this.asked = asked;
    }

    /**
     * Writes the test examples to the exam, and passes the others on.
     *
     * @param exam the file to write to, as {@link ExampleLines}
     * @param leaks receives the held-out examples
     */
    void write(Path exam, RowCollector rows, Leaks leaks) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(exam))) {
            examples.forEach(example -> {
                Share share = sharing.of(index, example);
                int times = share == Share.TRAIN ? weights.times(index) : 1;
                asked.used(index++, share);
                test += share == Share.TEST ? 1 : 0;
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

    /** Returns the example under an id that is unique in the exam, since examples of two datasets may have equal ids. */
    private Example withFreeId(Example example) throws IOException {
        String id = examIds.free(example.id(), test);
        return id.equals(example.id()) ? example : example.named(id);
    }

    /** Returns the number of examples in the exam. */
    int test() {
        return test;
    }

    /** Returns the counts of repeated questions, without similar ones. */
    Repeats repeats() {
        int leftOut = examples.leftOut().orElse(0);
        int gone = leftOut + examples.asked();
        return new Repeats(index + gone, asked.again() + gone, asked.trainedTest(), examples.leftOut(), Optional.of(examples.asked()),
                Optional.empty());
    }
}
