package dev.apprentice.judge.responses;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jboss.logging.Logger;

/** Reads responses and scores from {@link ResponseStores} and joins them by their key. */
final class StoredResponses implements ScoredResponses {

    private static final Logger LOG = Logger.getLogger(StoredResponses.class);
    private static final StringSerializer KEYS = new StringSerializer();

    private final Function<String, ReadOnlyKeyValueStore<String, byte[]>> stores;

    /**
     * Creates a reader of these stores.
     *
     * @param stores returns a store by its name; may throw {@link ResponsesNotReadyException}
     */
    StoredResponses(Function<String, ReadOnlyKeyValueStore<String, byte[]>> stores) {
        this.stores = stores;
    }

    @Override
    public ResponsePage page(String run, int step, ResponseQuery query) {
        return query.of(unordered(run, step));
    }

    @Override
    public List<ScoredResponse> of(String run, int step) {
        return ResponseQuery.ALL.of(unordered(run, step)).responses();
    }

    @Override
    public Optional<ScoredResponse> find(String run, int step, String example) {
        String key = run + "/" + step + "/" + example;
        return read(Topics.RESPONSES, key, stores.apply(ResponseStores.RESPONSES).get(key))
                .filter(response -> response.unanswered().isEmpty())
                .map(response -> new ScoredResponse(
                        response, read(Topics.SCORES, key, stores.apply(ResponseStores.SCORES).get(key))));
    }

    @Override
    public void forEachAwaited(BiConsumer<String, AwaitedScore> seen) {
        try (KeyValueIterator<String, byte[]> all =
                stores.apply(ResponseStores.SCORES).prefixScan(ResponseStores.AWAITED, KEYS)) {
            all.forEachRemaining(entry -> seen.accept(
                    entry.key.substring(ResponseStores.AWAITED.length()),
                    AwaitedScore.of(new String(entry.value, StandardCharsets.UTF_8))));
        }
    }

    private List<ScoredResponse> unordered(String run, int step) {
        String prefix = run + "/" + step + "/";
        Map<String, byte[]> scores = new HashMap<>();
        try (KeyValueIterator<String, byte[]> all = stores.apply(ResponseStores.SCORES).prefixScan(prefix, KEYS)) {
            all.forEachRemaining(entry -> scores.put(entry.key, entry.value));
        }
        List<ScoredResponse> found = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = stores.apply(ResponseStores.RESPONSES).prefixScan(prefix, KEYS)) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                read(Topics.RESPONSES, entry.key, entry.value)
                        .filter(response -> response.unanswered().isEmpty()) // no answer to show, compare or download
                        .map(response -> new ScoredResponse(
                                response, read(Topics.SCORES, entry.key, scores.get(entry.key))))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** Reads an event; empty if there is none, or if it cannot be read. */
    private static <E extends Event> Optional<E> read(Topic<E> topic, String key, byte[] kept) {
        byte[] json = Placed.value(kept);
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(topic.read(json));
        } catch (InvalidEventException e) {
            LOG.debugf("%s is skipped: %s", key, e.getMessage());
            return Optional.empty();
        }
    }
}
