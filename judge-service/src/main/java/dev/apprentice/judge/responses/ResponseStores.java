package dev.apprentice.judge.responses;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jboss.logging.Logger;

/**
 * Copies responses and scores to disk, unchanged, under their key run/step/example. Records that Kafka has deleted are deleted
 * from the copy too.
 *
 * <p>A score that still waits for judges never replaces a complete one, because an instance that has been replaced may publish it
 * late. Unreadable records are copied and skipped when they are read; records of another type are not copied. The grader has
 * written both to the dead letters.
 */
final class ResponseStores {

    static final String RESPONSES = "responses";
    static final String SCORES = "scores";
    /** Prefix of the keys of {@link AwaitedScore}s in the store of scores; no run's name begins with it. */
    static final String AWAITED = "\0awaited/";

    private static final Logger LOG = Logger.getLogger(ResponseStores.class);
    private static final Serde<String> KEY = Serdes.String();
    private static final Serde<byte[]> JSON = Serdes.ByteArray();

    private ResponseStores() {}

    /** @param firstOffsets the first offsets of the two topics' partitions; a new map whenever one of them has changed */
    static Topology topology(Supplier<Map<TopicPartition, Long>> firstOffsets) {
        StreamsBuilder builder = new StreamsBuilder();
        copy(builder, Topics.RESPONSES, RESPONSES, () -> new Copy(Topics.RESPONSES, RESPONSES, firstOffsets));
        copy(builder, Topics.SCORES, SCORES, () -> new ScoreCopy(firstOffsets));
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
        private final Supplier<Map<TopicPartition, Long>> firstOffsets;
        private Map<TopicPartition, Long> removedBefore = Map.of();

        Copy(Topic<?> topic, String name, Supplier<Map<TopicPartition, Long>> firstOffsets) {
            this.topic = topic;
            this.name = name;
            this.firstOffsets = firstOffsets;
        }

        @Override
        public void process(Record<String, byte[]> record) {
            removeWhatIsGone();
            if (record.key() == null) {
                return; // it belongs to no example
            }
            try {
                topic.requireType(record.headers());
            } catch (InvalidEventException e) {
                LOG.debugf("%s is skipped: %s", record.key(), e.getMessage()); // the grader writes it to the dead letters
                return;
            }
            keep(record.key(), record.value(), store());
        }

        private KeyValueStore<String, byte[]> store() {
            return context().getStateStore(name);
        }

        /**
         * Removes records that Kafka no longer has. It runs only when records arrive: a store that does not grow need not shrink.
         */
        private void removeWhatIsGone() {
            Map<TopicPartition, Long> first = firstOffsets.get();
            if (first == removedBefore) {
                return;
            }
            removedBefore = first;
            KeyValueStore<String, byte[]> store = store();
            try (KeyValueIterator<String, byte[]> all = store.all()) {
                while (all.hasNext()) {
                    KeyValue<String, byte[]> entry = all.next();
                    if (Placed.isGone(entry.value, topic.name(), first)) {
                        remove(entry.key, store);
                    }
                }
            }
        }

        /** Removes a record that Kafka no longer has. */
        void remove(String key, KeyValueStore<String, byte[]> store) {
            store.delete(key);
        }

        /** Stores a record in place of the previous one. */
        void keep(String key, byte[] json, KeyValueStore<String, byte[]> store) {
            RecordMetadata place = context().recordMetadata().orElseThrow();
            store.put(key, json == null ? null : Placed.at(place.partition(), place.offset(), json));
        }
    }

    /** Copies scores, and keeps an index of those that wait for judges, so that finding them needs no full scan. */
    private static final class ScoreCopy extends Copy {

        /**
         * Fields that few scores have. Parsing millions of scores would take minutes when they are copied again, so only scores
         * with one of these fields are parsed.
         */
        private static final List<String> RARE = List.of("\"awaited\"", "\"regraded\"");

        ScoreCopy(Supplier<Map<TopicPartition, Long>> firstOffsets) {
            super(Topics.SCORES, SCORES, firstOffsets);
        }

        @Override
        void remove(String key, KeyValueStore<String, byte[]> store) {
            super.remove(key, store);
            store.delete(AWAITED + key);
        }

        @Override
        void keep(String key, byte[] json, KeyValueStore<String, byte[]> store) {
            Optional<Score> now = rare(json);
            byte[] kept = Placed.value(store.get(key));
            Optional<Score> known = now.isPresent() ? read(kept) : rare(kept);
            if (known.isPresent() && json != null && !replaces(now, known.get())) {
                return;
            }
            super.keep(key, json, store);
            if (now.filter(score -> !score.whole()).isPresent()) {
                store.put(AWAITED + key, AwaitedScore.of(now.get()).text().getBytes(StandardCharsets.UTF_8));
            } else if (known.isPresent()) {
                store.delete(AWAITED + key);
            }
        }

        /** Tells whether a score replaces the known one. A score without a rare field is complete and of the first grading. */
        private static boolean replaces(Optional<Score> now, Score known) {
            return now.map(score -> score.replaces(known)).orElse(known.regraded().isEmpty());
        }

        /** Returns the score if it waits for judges or was regraded, and can be read. */
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
            } catch (InvalidEventException e) { // readers skip it
                return Optional.empty();
            }
        }
    }
}
