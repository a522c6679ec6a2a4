package dev.apprentice.judge.responses;

import dev.apprentice.judge.streams.StreamsSettings;
import dev.apprentice.judge.streams.SupervisedStreams;
import dev.apprentice.service.TopicProvisioning;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Keeps the copy of responses and scores up to date while the service runs, and answers from it. */
@ApplicationScoped
public class ResponseStreams implements ScoredResponses {

    /** The folder of its state, and its part of the application's name. */
    static final String NAME = "responses";

    private final SupervisedStreams streams;
    private final ScoredResponses stored = new StoredResponses(this::store);

    ResponseStreams(StreamsSettings settings, TopicProvisioning topics, MeterRegistry registry) {
        this.streams = new SupervisedStreams(
                "the copy of responses and scores",
                ResponseStores::topology,
                () -> settings.forClusterNowReached(NAME),
                topics,
                registry);
    }

    void start(@Observes StartupEvent event) {
        streams.start();
    }

    void stop(@Observes ShutdownEvent event) {
        streams.stop();
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

    private ReadOnlyKeyValueStore<String, byte[]> store(String name) {
        KafkaStreams life = streams.streams().orElseThrow(() -> notReady(null));
        try {
            return life.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
        } catch (InvalidStateStoreException e) {
            throw notReady(e);
        }
    }

    private ResponsesNotReadyException notReady(Exception cause) {
        return new ResponsesNotReadyException(
                "the responses cannot be looked at yet: "
                        + streams.missing().orElse("the copy of responses and scores is being opened"),
                cause);
    }
}
