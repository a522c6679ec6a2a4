package dev.apprentice.judge.responses;

import dev.apprentice.contracts.Topic;
import dev.apprentice.contracts.Topics;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Copies responses and scores to disk, as they came, by their key run/step/example.
 *
 * <p>What cannot be read is copied too and passed over when it is looked at: whoever grades has put it with the dead letters.
 */
final class ResponseStores {

    static final String RESPONSES = "responses";
    static final String SCORES = "scores";

    private static final Serde<String> KEY = Serdes.String();
    private static final Serde<byte[]> JSON = Serdes.ByteArray();

    private ResponseStores() {}

    static Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        copy(builder, Topics.RESPONSES, RESPONSES);
        copy(builder, Topics.SCORES, SCORES);
        return builder.build();
    }

    private static void copy(StreamsBuilder builder, Topic<?> topic, String store) {
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(store), KEY, JSON),
                topic.name(),
                Consumed.with(KEY, JSON),
                () -> new Copy(store));
    }

    private static final class Copy extends ContextualProcessor<String, byte[], Void, Void> {

        private final String name;

        Copy(String name) {
            this.name = name;
        }

        @Override
        public void process(Record<String, byte[]> record) {
            if (record.key() != null) { // a record without a key belongs to no example
                KeyValueStore<String, byte[]> store = context().getStateStore(name);
                store.put(record.key(), record.value());
            }
        }
    }
}
