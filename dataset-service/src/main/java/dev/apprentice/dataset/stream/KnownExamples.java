package dev.apprentice.dataset.stream;

import dev.apprentice.dataset.batches.RunFormat;
import dev.apprentice.dataset.batches.Share;
import dev.apprentice.dataset.batches.Sharing;
import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.Fingerprint;
import dev.apprentice.model.tokenizer.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The examples that a stream run knows, and how each arrival changes them.
 *
 * <ul>
 *   <li>A known text is learned, or held out, once, however many ids have it.
 *   <li>An id with a new text releases its old text, which is no longer replayed or asked.
 *   <li>A withdrawn id removes its text, unless another id has an equal text.
 * </ul>
 *
 * Examples to learn wait in a queue. Those of the dataset's snapshot come first, in an order shuffled by the seed. Those from the
 * topic follow in the order in which they came.
 */
final class KnownExamples {

    private static final String ARRIVED = "arrived";
    private static final String TOOLS_LEFT_OUT = "tools-left-out";
    private static final char FROM_THE_DATASET = '0';
    private static final char FROM_THE_TOPIC = '1';

    private final StreamStore store;
    private final Sharing sharing;
    private final RunFormat format;
    private final long seed;
    private final StreamCounts counts;
    private boolean examChanged;

    KnownExamples(StreamStore store, Sharing sharing, RunFormat format, long seed, StreamCounts counts) {
        this.store = store;
        this.sharing = sharing;
        this.format = format;
        this.seed = seed;
        this.counts = counts;
    }

    /** A training example that is not formatted as a row yet. */
    private record Unformatted(Example example, String text, String place, Optional<Origin> origin) {}

    /** Applies arrivals in their order. */
    void take(List<Arrival> arrivals) {
        List<Unformatted> news = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            Change change = arrival.change();
            change.example().ifPresentOrElse(example -> join(example, arrival.origin(), news), () -> withdraw(change.id()));
        }
        format(news);
    }

    private void join(Example example, Optional<Origin> origin, List<Unformatted> news) {
        String text = example.fingerprint().hex();
        Optional<String> before = store.get(StoreTable.IDS, example.id(), String.class);
        if (before.equals(Optional.of(text))) {
            counts.duplicate();
            return;
        }
        before.ifPresent(said -> {
            counts.corrected();
            forget(said);
        });
        store.put(StoreTable.IDS, example.id(), text);
        Optional<KnownText> known = store.get(StoreTable.TEXTS, text, KnownText.class);
        if (known.isPresent()) {
            counts.duplicate();
            store.put(StoreTable.TEXTS, text, known.get().withIds(known.get().ids() + 1));
            return;
        }
        if (format.leavesToolsOut(example)) {
            store.setNumber(TOOLS_LEFT_OUT, toolsLeftOut() + 1);
        }
        Share share = sharing.of(0, example);
        String place = share == Share.TRAIN ? place(example.fingerprint(), origin) : "";
        store.put(StoreTable.TEXTS, text, new KnownText(share, place, 1));
        switch (share) {
            case TRAIN -> news.add(new Unformatted(example, text, place, origin));
            case TEST -> {
                store.put(StoreTable.EXAM, text, example);
                examChanged = true;
                counts.heldOut();
            }
            case VALIDATION -> {
                store.put(StoreTable.VALIDATION, text, example);
                counts.heldOut();
            }
        }
    }

    private void withdraw(String id) {
        store.get(StoreTable.IDS, id, String.class).ifPresent(text -> {
            store.remove(StoreTable.IDS, id);
            forget(text);
            counts.withdrawn();
        });
    }

    /** Releases a text from one id; the last id's release removes it. */
    private void forget(String text) {
        KnownText known = store.get(StoreTable.TEXTS, text, KnownText.class).orElseThrow();
        if (known.ids() > 1) {
            store.put(StoreTable.TEXTS, text, known.withIds(known.ids() - 1));
            return;
        }
        store.remove(StoreTable.TEXTS, text);
        store.remove(StoreTable.WAITING, known.place());
        store.remove(StoreTable.LEARNED, known.place());
        store.remove(StoreTable.VALIDATION, text);
        if (store.has(StoreTable.EXAM, text)) {
            store.remove(StoreTable.EXAM, text);
            examChanged = true;
        }
    }

    /** Formats all new examples at once, which keeps all cores busy. Skips those that were removed by a later arrival among them. */
    private void format(List<Unformatted> news) {
        List<Optional<Row>> rows = format.rows(news.stream().map(Unformatted::example).toList());
        for (int i = 0; i < rows.size(); i++) {
            Unformatted one = news.get(i);
            boolean stillSaid = store.get(StoreTable.TEXTS, one.text(), KnownText.class)
                    .filter(known -> known.place().equals(one.place()))
                    .isPresent();
            if (rows.get(i).isEmpty()) {
                counts.leftOut();
            } else if (stillSaid) {
                store.put(StoreTable.WAITING, one.place(), StreamRow.of(one.example().id(), rows.get(i).get(), one.origin()));
            }
        }
    }

    private String place(Fingerprint text, Optional<Origin> origin) {
        if (origin.isEmpty()) {
            Fingerprint shuffled = text.seeded(seed);
            return FROM_THE_DATASET + shuffled.hex();
        }
        long arrived = store.number(ARRIVED);
        store.setNumber(ARRIVED, arrived + 1);
        return FROM_THE_TOPIC + "%016x".formatted(arrived);
    }

    /** Returns the first examples of a table by their texts' hashes: an even sample, and a stable one as others come. */
    List<Example> sample(StoreTable table, int atMost) {
        return store.firstKeys(table, atMost).stream()
                .map(text -> store.get(table, text, Example.class).orElseThrow())
                .toList();
    }

    /** Returns how many examples described tools that the prompt style does not write. */
    long toolsLeftOut() {
        return store.number(TOOLS_LEFT_OUT);
    }

    /** Tells whether the exam changed since the last call. */
    boolean examChanged() {
        boolean changed = examChanged;
        examChanged = false;
        return changed;
    }
}
