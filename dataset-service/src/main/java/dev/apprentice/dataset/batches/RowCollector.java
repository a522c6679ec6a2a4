package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.dataset.OrderedWork;
import dev.apprentice.dataset.Pieces;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.table.Scratch;
import dev.apprentice.model.tokenizer.Row;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Formats examples in parallel on all cores, and keeps their rows in files until it is closed. */
final class RowCollector implements Closeable {

    private static final int AT_A_TIME = 1_000;
    /** Characters at which a piece is formatted. Limits memory for long examples, since several pieces are in memory at once. */
    private static final long CHARACTERS_AT_A_TIME = 1 << 20;

    private final RunFormat format;

    private final OrderedWork<List<Shared>, List<Formatted>> formatting = new OrderedWork<>(this::format, this::collect);
    private final Pieces<Shared> waiting = new Pieces<>(AT_A_TIME, CHARACTERS_AT_A_TIME, formatting::add);

    private final RowFile trainRows;
    private final RowFile validationRows;
    private final Optional<PackedTexts> packed;
    private int trainExamples;
    private int validationExamples;
    private int leftOut;
    private int toolsLeftOut;
    private int packedRows;
    private String first = "";

    /** An example and its share. */
    private record Shared(Share share, Example example) {}

    /** An example and its rows. */
    private record Formatted(Shared of, List<Row> rows) {}

    /** Files of texts, which are packed into rows once all are known. */
    private record PackedTexts(RowFile train, RowFile validation, long seed) {}

    /** @param scratch folder and tables for the rows; has to stay open */
    RowCollector(RunFormat format, DataSource data, Training training, Scratch scratch) throws IOException {
        this.format = format;
        this.trainRows = file(scratch, "train-rows.tmp");
        this.validationRows = file(scratch, "validation-rows.tmp");
        this.packed = data.packTexts().isEmpty()
                ? Optional.empty()
                : Optional.of(new PackedTexts(file(scratch, "train-texts.tmp"),
                        file(scratch, "validation-texts.tmp"), training.seed()));
    }

    private static RowFile file(Scratch scratch, String name) throws IOException {
        return new RowFile(scratch.folder().resolve(name), scratch.longs());
    }

    /** @param share {@link Share#TRAIN} or {@link Share#VALIDATION} */
    void add(Share share, Example example) throws IOException {
        if (first.isEmpty()) {
            first = format.shown(example);
        }
        toolsLeftOut += format.leavesToolsOut(example) ? 1 : 0;
        if (share == Share.TRAIN) {
            trainExamples++;
        } else {
            validationExamples++;
        }
        waiting.add(new Shared(share, example), example.characters());
    }

    /** Formats the examples that are still waiting, and packs texts if the run asks for it. */
    void finish() throws IOException {
        waiting.handOn();
        formatting.finish();
        packed.ifPresent(texts -> {
            pack(texts.train(), texts.seed(), trainRows);
            pack(texts.validation(), texts.seed(), validationRows);
        });
    }

    private void pack(RowFile texts, long seed, RowFile into) {
        int before = into.size();
        TextPacking.pack(texts, format.maxLength(), seed, into::add);
        packedRows += into.size() - before;
    }

    private List<Formatted> format(List<Shared> some) {
        List<List<Row>> rows = format.allRows(some.stream().map(Shared::example).toList(), packed.isPresent());
        List<Formatted> formatted = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            formatted.add(new Formatted(some.get(i), rows.get(i)));
        }
        return formatted;
    }

    private void collect(List<Formatted> some) {
        for (Formatted one : some) {
            Example example = one.of().example();
            (one.of().share() == Share.TRAIN ? train(example) : validation(example)).addAll(one.rows());
            leftOut += one.rows().isEmpty() ? 1 : 0;
        }
    }

    private RowFile train(Example example) {
        return packed.filter(texts -> example.isText()).map(PackedTexts::train).orElse(trainRows);
    }

    private RowFile validation(Example example) {
        return packed.filter(texts -> example.isText()).map(PackedTexts::validation).orElse(validationRows);
    }

    /** Returns a phrase about how many texts fill how many rows, for people; empty if texts are not packed. */
    String packedInWords() {
        return packed.map(texts -> "; %d texts are packed into %d rows of up to %d tokens".formatted(
                        texts.train().size() + texts.validation().size(), packedRows, format.maxLength()))
                .orElse("");
    }

    /** Returns a phrase about examples whose tools are not learned, for people; empty if there are none. */
    String toolsLeftOutInWords() {
        return format.toolsLeftOutInWords(toolsLeftOut);
    }

    /** Returns the first example as the model reads it; empty if there is none. */
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

    /** Returns how many examples gave no row. */
    int leftOut() {
        return leftOut;
    }

    @Override
    public void close() throws IOException {
        try (validationRows; trainRows; formatting) {
            if (packed.isPresent()) {
                packed.get().train().close();
                packed.get().validation().close();
            }
        }
    }
}
