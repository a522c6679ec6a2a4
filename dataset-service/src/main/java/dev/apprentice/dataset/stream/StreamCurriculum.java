package dev.apprentice.dataset.stream;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Batch.SplitName;
import dev.apprentice.model.tokenizer.Collation;
import dev.apprentice.model.tokenizer.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Forms a stream run's batches. The validation batches come first, from what was held out when the run began. Training batches
 * follow from the queue, all in epoch 1.
 */
final class StreamCurriculum {

    /** Name of the number of all batches, by which the log and the state on disk are compared. */
    static final String PUBLISHED = "published";

    private static final String VALIDATION_BATCHES = "validation-batches";
    private static final int ONLY_EPOCH = 1;

    private final String run;
    private final StreamStore store;
    private final Replay replay;

    StreamCurriculum(String run, StreamStore store, Replay replay) {
        this.run = run;
        this.store = store;
        this.replay = replay;
    }

    /** Forms the validation batches, each full but the last. They never change, so losses over them can be compared. */
    List<FormedBatch> validation(List<Row> rows) {
        int size = replay.batchSize();
        int of = (rows.size() + size - 1) / size;
        List<FormedBatch> batches = new ArrayList<>();
        for (int index = 0; index < of; index++) {
            Collation some = Collation.of(rows.subList(index * size, Math.min(rows.size(), (index + 1) * size)));
            batches.add(new FormedBatch(
                    new Batch(
                            run, SplitName.VALIDATION, 0, index, Optional.of(of), some.tokens(), some.lengths(), some.promptLengths()),
                    List.of()));
        }
        store.setNumber(VALIDATION_BATCHES, of);
        store.setNumber(PUBLISHED, of);
        return batches;
    }

    /** Returns the number of batches once this one is published. */
    long publishedWith(Batch batch) {
        return batch.index() + 1 + (batch.split() == SplitName.TRAIN ? store.number(VALIDATION_BATCHES) : 0);
    }

    /** Forms the next training batch if enough rows wait for a full one. */
    Optional<FormedBatch> full() {
        int repeated = replay.rows(index(), learned());
        int news = replay.batchSize() - repeated;
        return store.size(StoreTable.WAITING) < news ? Optional.empty() : Optional.of(form(news, repeated));
    }

    /** Forms the next training batch from all waiting rows, at most a full one; empty if none wait. */
    Optional<FormedBatch> partial() {
        int news = (int) Math.min(store.size(StoreTable.WAITING), replay.batchSize());
        return news == 0 ? Optional.empty() : Optional.of(form(news, replay.rows(index(), learned(), news)));
    }

    private FormedBatch form(int news, int repeated) {
        long index = index();
        List<StreamRow> rows = new ArrayList<>();
        List<StreamRow> old = new ArrayList<>();
        for (long place : replay.draw(index, repeated, learned())) {
            old.add(row(StoreTable.LEARNED, store.keyAt(StoreTable.LEARNED, place)));
        }
        for (String place : store.firstKeys(StoreTable.WAITING, news)) {
            StreamRow row = row(StoreTable.WAITING, place);
            rows.add(row);
            store.remove(StoreTable.WAITING, place);
            store.put(StoreTable.LEARNED, place, row);
        }
        List<Origin> origins = rows.stream().flatMap(row -> row.origin().stream()).toList();
        rows.addAll(old);
        store.setNumber(PUBLISHED, store.number(PUBLISHED) + 1);
        return new FormedBatch(batch((int) index, rows, repeated, origins), origins);
    }

    private Batch batch(int index, List<StreamRow> rows, int repeated, List<Origin> origins) {
        Collation ragged = Collation.of(rows.stream().map(StreamRow::row).toList());
        Map<Integer, Long> offsets = new TreeMap<>();
        origins.forEach(origin -> offsets.merge(origin.partition(), origin.offset() + 1, Math::max));
        return new Batch(
                run,
                SplitName.TRAIN,
                ONLY_EPOCH,
                index,
                Optional.empty(),
                ragged.tokens(),
                ragged.lengths(),
                ragged.promptLengths(),
                Optional.of(rows.stream().map(StreamRow::example).toList()),
                Optional.of(repeated),
                Optional.of(offsets).filter(some -> !some.isEmpty()),
                origins.stream().map(Origin::at).min(Instant::compareTo),
                origins.stream().map(Origin::at).max(Instant::compareTo));
    }

    private StreamRow row(StoreTable table, String place) {
        return store.get(table, place, StreamRow.class).orElseThrow();
    }

    private long index() {
        return store.number(PUBLISHED) - store.number(VALIDATION_BATCHES);
    }

    private long learned() {
        return store.size(StoreTable.LEARNED);
    }
}
