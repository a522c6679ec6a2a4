package dev.apprentice.judge.responses;

import dev.apprentice.judge.streams.StreamsSettings;
import dev.apprentice.judge.streams.SupervisedStreams;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.kafka.TopicProvisioning;
import dev.apprentice.service.threads.WatchedThreads;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Keeps the copy of responses and scores up to date while the service runs, and serves queries from it. */
@Singleton
public class ResponseStreams extends SupervisedStreams implements ScoredResponses {

    private final ScoredResponses stored = new StoredResponses(this::store);

    ResponseStreams(
            StreamsSettings settings,
            KafkaClients clients,
            TopicProvisioning topics,
            MeterRegistry registry,
            WatchedThreads threads) {
        super(
                "the copy of responses and scores", "responses", () -> ResponseStores.topology(new FirstOffsets(clients)), settings,
                topics, registry, threads);
    }

    @Override
    public ResponsePage page(String run, int step, ResponseQuery query) {
        return stored.page(run, step, query);
    }

    @Override
    public List<ScoredResponse> of(String run, int step) {
        return stored.of(run, step);
    }

    @Override
    public Optional<ScoredResponse> find(String run, int step, String example) {
        return stored.find(run, step, example);
    }

    @Override
    public void forEachAwaited(BiConsumer<String, AwaitedScore> seen) {
        stored.forEachAwaited(seen);
    }

    private ReadOnlyKeyValueStore<String, byte[]> store(String name) {
        KafkaStreams life = streams().orElseThrow(() -> notReady(null));
        try {
            return life.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
        } catch (InvalidStateStoreException e) {
            throw notReady(e);
        }
    }

    private ResponsesNotReadyException notReady(Exception cause) {
        return new ResponsesNotReadyException(
                "the responses cannot be read yet: "
                        + missing().orElse("the copy of responses and scores is being opened"),
                cause);
    }
}
