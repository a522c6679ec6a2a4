package dev.apprentice.judge.responses;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Topic;
import dev.apprentice.contracts.Topics;
import java.nio.charset.StandardCharsets;
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
            if (isNews(record, store)) {
                store.put(record.key(), record.value());
            }
        }

        /** Whether it is to take the place of what is there. */
        boolean isNews(Record<String, byte[]> record, KeyValueStore<String, byte[]> store) {
            return true;
        }
    }

    private static final class ScoreCopy extends Copy {

        /** Nearly all scores are whole, and to read each of millions would take minutes when they are copied anew. */
        private static final String AWAITED = "\"awaited\"";

        ScoreCopy() {
            super(Topics.SCORES, SCORES);
        }

        @Override
        boolean isNews(Record<String, byte[]> record, KeyValueStore<String, byte[]> store) {
            return record.value() == null || !waits(record.value()) || waits(store.get(record.key()));
        }

        private static boolean waits(byte[] json) {
            if (json == null) {
                return true;
            }
            if (!new String(json, StandardCharsets.UTF_8).contains(AWAITED)) {
                return false;
            }
            try {
                return !Topics.SCORES.read(json).whole();
            } catch (InvalidEventException e) { // passed over when it is looked at
                return false;
            }
        }
    }
}
