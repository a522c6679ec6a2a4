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
 * What a stream run knows, and what each arrival changes about it.
 *
 * <ul>
 *   <li>A text that is known is learned, or held out, once, however many ids say it.
 *   <li>An id that says a new text takes back what it said before: that is no longer replayed, or asked.
 *   <li>A withdrawn id takes its text with it, unless another id has an equal text.
 * </ul>
 *
 * What is to be learned waits in a queue: first what the dataset held, in an order shuffled by the seed, then what came,
 * in the order in which it came.
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

    /** An example that is to be learned, but is no row yet. */
    private record Unformatted(Example example, String text, String place, Optional<Origin> origin) {}

    /** Takes in what arrived, in this order. */
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

    /** One id fewer says this text. */
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

    /** All at once, because that keeps all cores busy. One that came and went among these is skipped. */
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

    /** The examples of a table in the order of their texts' hashes: an even sample, and the same one as others come. */
    List<Example> sample(StoreTable table, int atMost) {
        return store.firstKeys(table, atMost).stream()
                .map(text -> store.get(table, text, Example.class).orElseThrow())
                .toList();
    }

    /** How many examples described tools that the prompt style does not write. */
    long toolsLeftOut() {
        return store.number(TOOLS_LEFT_OUT);
    }

    /** Whether the exam changed since this was last asked. */
    boolean examChanged() {
        boolean changed = examChanged;
        examChanged = false;
        return changed;
    }
}
