package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.datasets.example.TextHash;
import dev.apprentice.dataset.datasets.example.TextHashSet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Shares a dataset's examples out and counts what is asked more than once. */
final class SharedOut {

    private final Selection examples;
    private final QuestionHashes questions;
    private final Sharing sharing;
    private final Weights weights;
    /** Known by their hashes: one that seems to be there already gets another name, which does no harm. */
    private final TextHashSet examIds = new TextHashSet();
    private final Map<Long, Integer> repeated;
    private final Set<Long> trained = new HashSet<>();
    private final Map<Long, Integer> tested = new HashMap<>();
    private int index;
    private int test;

    SharedOut(Selection examples, Sharing sharing, Weights weights) {
        this.weights = weights;
        this.examples = examples;
        this.questions = examples.questions();
        this.sharing = sharing;
        this.repeated = questions.repeated();
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
    private Example withFreeId(Example example) {
        String id = example.id();
        for (int occurrence = 2; !examIds.add(TextHash.of(id)); occurrence++) {
            id = example.id() + "-" + occurrence;
        }
        return id.equals(example.id()) ? example : example.named(id);
    }

    private void count(Share share, long question) {
        test += share == Share.TEST ? 1 : 0;
        if (share == Share.TRAIN && repeated.containsKey(question)) {
            trained.add(question);
        } else if (share == Share.TEST && repeated.containsKey(question)) {
            tested.merge(question, 1, Integer::sum);
        }
    }

    /** How many examples the exam has. */
    int test() {
        return test;
    }

    /** What is asked more than once; what is nearly equal has not been looked for. */
    Repeats repeats() {
        int leftOut = examples.leftOut().orElse(0);
        int again = repeated.values().stream().mapToInt(times -> times - 1).sum();
        int trainedTest = tested.entrySet().stream()
                .filter(asked -> trained.contains(asked.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        int gone = leftOut + examples.asked();
        return new Repeats(questions.size() + gone, again + gone, trainedTest, examples.leftOut(), Optional.of(examples.asked()),
                Optional.empty());
    }
}
