package dev.apprentice.dataset.batches;

import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.model.tokenizer.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Formats examples, many at a time because that keeps all cores busy, and collects their rows. */
final class RowCollector {

    private static final int AT_A_TIME = 1_000;

    private final RunFormat format;

    private final List<Share> shares = new ArrayList<>(AT_A_TIME);
    private final List<Example> waiting = new ArrayList<>(AT_A_TIME);

    private final List<Row> trainRows = new ArrayList<>();
    private final List<Row> validationRows = new ArrayList<>();
    private int trainExamples;
    private int validationExamples;

    RowCollector(RunFormat format) {
        this.format = format;
    }

    /** @param share {@link Share#TRAIN} or {@link Share#VALIDATION} */
    void add(Share share, Example example) {
        shares.add(share);
        waiting.add(example);
        if (share == Share.TRAIN) {
            trainExamples++;
        } else {
            validationExamples++;
        }
        if (waiting.size() == AT_A_TIME) {
            finish();
        }
    }

    /** Formats what is still waiting. */
    void finish() {
        List<Optional<Row>> rows = format.rows(waiting);
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).ifPresent((shares.get(i) == Share.TRAIN ? trainRows : validationRows)::add);
        }
        shares.clear();
        waiting.clear();
    }

    List<Row> trainRows() {
        return trainRows;
    }

    List<Row> validationRows() {
        return validationRows;
    }

    int trainExamples() {
        return trainExamples;
    }

    int validationExamples() {
        return validationExamples;
    }

    /** How many examples gave no row. */
    int leftOut() {
        return trainExamples + validationExamples - trainRows.size() - validationRows.size();
    }
}
