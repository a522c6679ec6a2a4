package dev.apprentice.dataset.batches;

import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.model.tokenizer.Row;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Formats examples, many at a time because that keeps all cores busy, and collects their rows in files until it is closed. */
final class RowCollector implements Closeable {

    private static final int AT_A_TIME = 1_000;

    private final RunFormat format;

    private final List<Share> shares = new ArrayList<>(AT_A_TIME);
    private final List<Example> waiting = new ArrayList<>(AT_A_TIME);

    private final RowFile trainRows;
    private final RowFile validationRows;
    private int trainExamples;
    private int validationExamples;
    private int leftOut;
    private String first = "";

    /** @param folder where to keep the rows */
    RowCollector(RunFormat format, Path folder) throws IOException {
        this.format = format;
        this.trainRows = new RowFile(folder.resolve("train-rows.tmp"));
        this.validationRows = new RowFile(folder.resolve("validation-rows.tmp"));
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
        if (first.isEmpty() && !waiting.isEmpty()) {
            first = format.shown(waiting.get(0));
        }
        List<List<Row>> rows = format.allRows(waiting);
        for (int i = 0; i < rows.size(); i++) {
            (shares.get(i) == Share.TRAIN ? trainRows : validationRows).addAll(rows.get(i));
            leftOut += rows.get(i).isEmpty() ? 1 : 0;
        }
        shares.clear();
        waiting.clear();
    }

    /** The first example as the model reads it. */
    String first() {
        return first;
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
        return leftOut;
    }

    @Override
    public void close() throws IOException {
        try (validationRows) {
            trainRows.close();
        }
    }
}
