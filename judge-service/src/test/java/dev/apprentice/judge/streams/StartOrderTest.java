package dev.apprentice.judge.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.testkit.BrokerResource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Creating the channels takes a second or two; meanwhile threads that ask Kafka by themselves get their answers. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
class StartOrderTest {

    /**
     * Records the threads and channels just before Quarkus creates the channels, at {@link Interceptor.Priority#LIBRARY_BEFORE}.
     */
    @ApplicationScoped
    static class Onlooker {

        private volatile Set<String> threads = Set.of();
        private volatile Set<String> channels = Set.of("not looked at");

        void look(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE - 1) StartupEvent event, KafkaClientService made) {
            threads = Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
            channels = made.getConsumerChannels();
        }

        Set<String> threads() {
            return threads;
        }

        Set<String> channels() {
            return channels;
        }
    }

    @Inject
    Onlooker onlooker;

    @Inject
    KafkaClientService kafka;

    @Test
    void whatAsksKafkaByItselfIsUnderWayBeforeTheChannelsAreMade() {
        assertThat(onlooker.channels()).isEmpty();
        assertThat(kafka.getConsumerChannels()).isNotEmpty();
        assertThat(onlooker.threads()).contains(
                "topic-provisioning", "run-feed", "supervisor of the aggregation of scores",
                "supervisor of the copy of responses and scores");
    }
}
