package dev.apprentice.judge.responses;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Score;
import dev.apprentice.contracts.Topic;
import dev.apprentice.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jboss.logging.Logger;

/**
 * Copies responses and scores to disk, as they came, by their key run/step/example.
 *
 * <p>A score that still waits for judges takes no whole one's place: an instance that has been replaced may tell it late. What
 * cannot be read is copied too and passed over when it is looked at, and what is of another type is not copied: whoever grades
 * has put both with the dead letters.
 */
final class ResponseStores {

    static final String RESPONSES = "responses";
    static final String SCORES = "scores";
    /** What the keys of {@link AwaitedScore}s begin with, in the store of scores; no run is called so. */
    static final String AWAITED = "\0awaited/";

    private static final Logger LOG = Logger.getLogger(ResponseStores.class);
    private static final Serde<String> KEY = Serdes.String();
    private static final Serde<byte[]> JSON = Serdes.ByteArray();

    private ResponseStores() {}

    static Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        copy(builder, Topics.RESPONSES, RESPONSES, () -> new Copy(Topics.RESPONSES, RESPONSES));
        copy(builder, Topics.SCORES, SCORES, ScoreCopy::new);
        return builder.build();
    }

    private static void copy(
            StreamsBuilder builder, Topic<?> topic, String store, ProcessorSupplier<String, byte[], Void, Void> copy) {
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(store), KEY, JSON),
                topic.name(),
                Consumed.with(KEY, JSON),
                copy);
    }

    private static class Copy extends ContextualProcessor<String, byte[], Void, Void> {

        private final Topic<?> topic;
        private final String name;

        Copy(Topic<?> topic, String name) {
            this.topic = topic;
            this.name = name;
        }

        @Override
        public void process(Record<String, byte[]> record) {
            if (record.key() == null) {
                return; // it belongs to no example
            }
            try {
                topic.requireType(record.headers());
            } catch (InvalidEventException e) {
                LOG.debugf("%s is passed over: %s", record.key(), e.getMessage()); // the graders set it aside
                return;
            }
            KeyValueStore<String, byte[]> store = context().getStateStore(name);
            keep(record.key(), record.value(), store);
        }

        /** Puts what came in the place of what is there. */
        void keep(String key, byte[] json, KeyValueStore<String, byte[]> store) {
            store.put(key, json);
        }
    }

    /** Keeps with the scores which of them wait for judges, so that nobody has to look through all. */
    private static final class ScoreCopy extends Copy {

        /** Nearly all scores say neither, and to read each of millions would take minutes when they are copied anew. */
        private static final List<String> RARE = List.of("\"awaited\"", "\"regraded\"");

        ScoreCopy() {
            super(Topics.SCORES, SCORES);
        }

        @Override
        void keep(String key, byte[] json, KeyValueStore<String, byte[]> store) {
            Optional<Score> now = rare(json);
            Optional<Score> known = now.isPresent() ? read(store.get(key)) : rare(store.get(key));
            if (known.isPresent() && json != null && !replaces(now, known.get())) {
                return;
            }
            store.put(key, json);
            if (now.filter(score -> !score.whole()).isPresent()) {
                store.put(AWAITED + key, AwaitedScore.of(now.get()).text().getBytes(StandardCharsets.UTF_8));
            } else if (known.isPresent()) {
                store.delete(AWAITED + key);
            }
        }

        /** A score that says nothing rare is whole and of the first grading. */
        private static boolean replaces(Optional<Score> now, Score known) {
            return now.map(score -> score.replaces(known)).orElse(known.regraded().isEmpty());
        }

        /** The score where it waits for judges or was graded anew, and can be read. */
        private static Optional<Score> rare(byte[] json) {
            if (json == null) {
                return Optional.empty();
            }
            String text = new String(json, StandardCharsets.UTF_8);
            return RARE.stream().noneMatch(text::contains)
                    ? Optional.empty()
                    : read(json).filter(score -> !score.whole() || score.regraded().isPresent());
        }

        private static Optional<Score> read(byte[] json) {
            try {
                return json == null ? Optional.empty() : Optional.of(Topics.SCORES.read(json));
            } catch (InvalidEventException e) { // passed over when it is looked at
                return Optional.empty();
            }
        }
    }
}
