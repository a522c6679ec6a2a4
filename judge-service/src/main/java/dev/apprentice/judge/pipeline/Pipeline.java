package dev.apprentice.judge.pipeline;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/**
 * How much waits at each stage, asked of the broker at most every two seconds however many look.
 *
 * <p>It connects with every {@code kafka.*} key of the configuration, security included.
 */
@ApplicationScoped
public class Pipeline {

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final int TIMEOUT_MS = 5_000;

    private final Admin admin;
    private List<StageLag> stages = List.of();
    private Optional<KafkaException> problem = Optional.empty();
    private long askedAt = System.nanoTime() - FRESH.toNanos();

    Pipeline(@Identifier("default-kafka-broker") Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "judge-service-pipeline");
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        this.admin = Admin.create(settings);
    }

    /**
     * The stages in the order of the data's way.
     *
     * @throws KafkaException if no broker answers
     */
    public synchronized List<StageLag> stages() {
        if (System.nanoTime() - askedAt >= FRESH.toNanos()) {
            ask();
            askedAt = System.nanoTime(); // after a failure, too: whoever else waits here is not to wait for another
        }
        if (problem.isPresent()) {
            throw problem.get();
        }
        return stages;
    }

    private void ask() {
        try {
            stages = new LagQuery(admin).of(Crossing.ALL);
            problem = Optional.empty();
        } catch (ExecutionException e) {
            problem = Optional.of(new KafkaException(
                    "the broker does not tell how far its readers are: " + e.getCause().getMessage(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking how far the readers are", e);
        }
    }

    @PreDestroy
    void close() {
        admin.close(Duration.ZERO);
    }
}
