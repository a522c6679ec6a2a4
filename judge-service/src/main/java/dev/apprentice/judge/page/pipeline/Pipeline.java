package dev.apprentice.judge.page.pipeline;

import dev.apprentice.service.kafka.KafkaClients;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * The lag of each stage. The broker is asked at most every two seconds, however many clients ask.
 *
 * <p>It connects with every {@code kafka.*} key of the configuration, security included.
 */
@ApplicationScoped
public class Pipeline {

    private static final Duration FRESH = Duration.ofSeconds(2);

    private final KafkaClients clients;
    private Admin admin; // created on first use
    private List<StageLag> stages = List.of();
    private Optional<KafkaException> problem = Optional.empty();
    private long askedAt = System.nanoTime() - FRESH.toNanos();

    Pipeline(KafkaClients clients) {
        this.clients = clients;
    }

    /** Returns the stages in the order in which data passes them. */
    public synchronized List<StageLag> stages() {
        if (System.nanoTime() - askedAt >= FRESH.toNanos()) {
            ask();
            askedAt = System.nanoTime(); // after a failure, too: callers that wait for the lock must not wait for another timeout
        }
        if (problem.isPresent()) {
            throw problem.get();
        }
        return stages;
    }

    private void ask() {
        try {
            if (admin == null) {
                admin = clients.admin("judge-service-pipeline");
            }
            stages = new LagQuery(admin).of(Crossing.ALL);
            problem = Optional.empty();
        } catch (ExecutionException e) {
            problem = Optional.of(new KafkaException(
                    "the broker does not report its consumers' offsets: " + e.getCause().getMessage(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while reading the consumers' offsets", e);
        }
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
