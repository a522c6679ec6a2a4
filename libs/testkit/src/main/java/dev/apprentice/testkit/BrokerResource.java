package dev.apprentice.testkit;

import dev.apprentice.local.broker.KafkaBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Starts a Kafka broker for a service's tests: {@code @QuarkusTestResource(BrokerResource.class)}.
 *
 * <p>Fields of type {@link KafkaTopics} in the test class are injected.
 */
public class BrokerResource implements QuarkusTestResourceLifecycleManager {

    private KafkaBroker broker;
    private KafkaTopics topics;

    @Override
    public Map<String, String> start() {
        try {
            Path data = Files.createTempDirectory("apprentice-broker");
            broker = KafkaBroker.start(data, 0);
        } catch (Exception e) {
            throw new IllegalStateException("the test broker did not start", e);
        }
        topics = new KafkaTopics(broker.bootstrapServers());
        return Map.of(
                "kafka.bootstrap.servers", broker.bootstrapServers(), "kafka.fetch.max.wait.ms", KafkaTopics.FETCH_WAIT_MS);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(topics, new TestInjector.MatchesType(KafkaTopics.class));
    }

    @Override
    public void stop() {
        if (topics != null) {
            topics.close();
        }
        if (broker != null) {
            broker.close();
        }
    }
}
