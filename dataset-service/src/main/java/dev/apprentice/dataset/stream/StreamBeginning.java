package dev.apprentice.dataset.stream;

import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads what the dataset held when the run began, before the first batch is formed.
 *
 * <p>A run is bound to a snapshot of the dataset, and to the offset that the dataset's own channel had committed before it. The
 * snapshot holds everything up to that offset, and may hold more. All records from that offset to the topic's present end are
 * applied on top of it. So a record that the snapshot already includes does not undo a later correction.
 */
final class StreamBeginning {

    private static final String BEGUN = "begun";
    private static final String POSITION = "position-";
    private static final int AT_A_TIME = 1_000;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final StreamStore store;
    private final KnownExamples known;
    private final InstructionFeed feed;

    StreamBeginning(StreamStore store, KnownExamples known, InstructionFeed feed) {
        this.store = store;
        this.known = known;
        this.feed = feed;
    }

    /** Returns the name of the number that holds the run's position in a partition of the instructions topic. */
    static String position(int partition) {
        return POSITION + partition;
    }

    /** Tells whether the beginning is complete. */
    static boolean isOver(StreamStore store) {
        return store.number(BEGUN) == 1;
    }

    /** Returns the run's position by partition of the instructions topic. */
    static Map<Integer, Long> position(StreamStore store) {
        Map<Integer, Long> position = new TreeMap<>();
        for (String name : store.numbers(POSITION)) {
            position.put(Integer.valueOf(name.substring(POSITION.length())), store.number(name));
        }
        return position;
    }

    /**
     * Reads everything into an empty store; complete once the last change is on disk.
     *
     * @param bound by partition, the offset that the snapshot certainly reaches
     */
    void takeIn(RunFolder folder, Map<Integer, Long> bound) throws IOException {
        if (Files.exists(folder.examples().file())) {
            takeInSnapshot(folder);
        }
        Map<Integer, Long> ends = feed.ends();
        feed.goTo(bound);
        while (isBefore(feed.position(), ends)) {
            known.take(feed.poll(PATIENCE));
            store.commit();
        }
        feed.position().forEach((partition, offset) -> store.setNumber(position(partition), offset));
        store.setNumber(BEGUN, 1);
        store.commit();
    }

    private void takeInSnapshot(RunFolder folder) throws IOException {
        List<Arrival> some = new ArrayList<>(AT_A_TIME);
        ExampleLines.forEach(folder.examples().file(), example -> {
            some.add(new Arrival(Change.joined(example), Optional.empty()));
            if (some.size() == AT_A_TIME) {
                known.take(some);
                some.clear();
                store.commit();
            }
        });
        known.take(some);
        store.commit();
    }

    private static boolean isBefore(Map<Integer, Long> position, Map<Integer, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> position.getOrDefault(end.getKey(), 0L) < end.getValue());
    }
}
