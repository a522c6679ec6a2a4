package dev.apprentice.judge.report;

import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.topic.EventDeserializer;
import dev.apprentice.contracts.topic.EventSerializer;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology that turns scores into reports.
 *
 * <pre>
 * scores ──read──► by run ──aggregate──► reports
 *           └────► dead letters ◄──read──┘
 * </pre>
 *
 * The reports are read back only to write unreadable ones, which others may have published, to the dead letters.
 */
final class ReportTopology {

    private static final Serde<String> KEY = Serdes.String();
    private static final int REST = 9;

    private ReportTopology() {}

    /** Returns the topology. It builds changed reports at these intervals and spends at most a tenth of a core on them. */
    static Topology of(Duration every, Duration keep) {
        return of(every, keep, REST);
    }

    static Topology of(Duration every, Duration keep, int rest) {
        StreamsBuilder builder = new StreamsBuilder();
        readable(builder, Topics.REPORTS);
        readable(builder, Topics.SCORES)
                .map((key, score) -> KeyValue.pair(score.run(), score))
                .repartition(Repartitioned.with(KEY, EventJson.of(Topics.SCORES)).withName("scores-by-run"))
                .process(new Aggregation(every, keep, rest))
                .to(Topics.REPORTS.name(), Produced.with(KEY, published()));
        return builder.build();
    }

    /** Returns a topic's readable events. Other records go to the dead letters. */
    private static <E extends Event> KStream<String, E> readable(StreamsBuilder builder, Topic<E> topic) {
        KStream<String, ReadRecord<E>> readings = builder
                .stream(topic.name(), Consumed.with(KEY, Serdes.ByteArray()))
                .process(() -> new EventReader<>(topic));
        readings.filter((key, reading) -> reading.event().isEmpty())
                .mapValues(ReadRecord::json)
                .to(Topics.DEAD_LETTERS, Produced.with(KEY, Serdes.ByteArray()));
        return readings.flatMapValues(reading -> reading.event().map(Set::of).orElse(Set.of()));
    }

    private static Serde<Report> published() {
        EventSerializer<Report> serializer = new EventSerializer<>();
        serializer.configure(Map.of("client.id", "judge-service"), false);
        return Serdes.serdeFrom(serializer, new EventDeserializer<>());
    }

    /** The aggregation with its stores. */
    private record Aggregation(Duration every, Duration keep, int rest) implements ProcessorSupplier<String, Score, String, Report> {

        @Override
        public Processor<String, Score, String, Report> get() {
            return new ReportAggregation(every, keep, rest);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    store(ReportAggregation.SCORES, EventJson.of(Topics.SCORES)),
                    store(ReportAggregation.REPORTS, EventJson.of(Topics.REPORTS)),
                    store(ReportAggregation.DUE, Serdes.Boolean()),
                    store(ReportAggregation.CHANGED, Serdes.Long()));
        }

        private static <V> StoreBuilder<?> store(String name, Serde<V> values) {
            return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), KEY, values);
        }
    }
}
