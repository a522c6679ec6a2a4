package dev.apprentice.trainer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.testkit.OwnProcess;
import dev.apprentice.trainer.progress.ProgressReport;
import dev.apprentice.trainer.progress.RunEvents;
import dev.apprentice.trainer.run.HeardRuns;
import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.run.TestSettings;
import dev.apprentice.trainer.training.TrainingTurn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what happens to the trainer and its runs when its graphics card fails permanently. */
class CardFailureEndTest {

    @Test
    void theTrainerEndsAndSaysOfNoRunThatItFailed(@TempDir Path home) throws Exception {
        Process process = OwnProcess.java(
                        OnABrokenCard.class, List.of("-Xmx64m", "-Dorg.jboss.logging.provider=jdk"), home.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes()))
                .contains("said of one-that-fails-by-itself: {", "\"phase\":\"FAILED\"")
                .contains("the graphics card failed (CUDA error: an illegal memory access was encountered)")
                .doesNotContain("said of one-on-a-broken-card")
                .doesNotContain("next run");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    /** A trainer whose first run fails for its own reason, and whose card fails during the second. */
    static final class OnABrokenCard {

        public static void main(String[] arguments) throws IOException {
            HeardRuns runs = new HeardRuns(Path.of(arguments[0]));
            attempt(runs.hear(run("one-that-fails-by-itself"), 0), "index out of range in self");
            attempt(runs.hear(run("one-on-a-broken-card"), 0), "CUDA error: an illegal memory access was encountered");
            System.out.println("next run");
        }

        private static void attempt(KnownRun known, String words) throws IOException {
            RunAttempts attempts = new RunAttempts(
                    new Clients(), TestSettings.of(Map.of()), null, null, null, null, null, null, null, null, null, null, null) {
                @Override
                void train(KnownRun run, RunEvents events, ProgressReport report, TrainingTurn turn, CountDownLatch closing) {
                    throw new IllegalStateException("a step failed", new EngineException(words));
                }
            };
            attempts.attempt(known, waiting -> false, new CountDownLatch(1));
        }

        private static Run run(String name) {
            return new Run(
                    name,
                    DesiredState.RUN,
                    Instant.parse("2026-01-31T09:45:00Z"),
                    new RunSpecification(
                            new ModelSource("/models/any", null), DataSourceBuilder.builder().dataset("any").build(), null, null, null));
        }
    }

    /** Clients whose producer prints the events about runs. */
    private static final class Clients extends KafkaClients {

        Clients() {
            super(Map.of("bootstrap.servers", "127.0.0.1:1"));
        }

        @Override
        public Producer<String, byte[]> producer(String clientId, Map<String, Object> settings) {
            return new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
                @Override
                public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
                    System.out.println("said of " + record.key() + ": " + new String(record.value()));
                    return super.send(record);
                }
            };
        }
    }
}
