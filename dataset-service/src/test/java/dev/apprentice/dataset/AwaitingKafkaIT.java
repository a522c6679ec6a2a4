package dev.apprentice.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.apprentice.contracts.Instruction;
import dev.apprentice.contracts.Topics;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.testkit.FreePort;
import dev.apprentice.testkit.KafkaTopics;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, started before there is a broker. */
class AwaitingKafkaIT {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @TempDir
    Path folder;

    @Test
    void isLiveButNotReadyUntilTheBrokerComesAndThenWorks() throws Exception {
        int port = FreePort.find();
        ServiceProcess service = ServiceProcess.start(folder.resolve("home"), "127.0.0.1:" + port);
        try {
            assertThat(service.get("/q/health/live").statusCode()).isEqualTo(200);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(service.get("/q/health/ready").body())
                    .contains("\"DOWN\"")
                    .contains("Kafka at 127.0.0.1:" + port + " cannot be used"));
            try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"), port);
                    KafkaTopics topics = new KafkaTopics(broker.bootstrapServers())) {
                await().atMost(PATIENCE).until(() -> service.get("/q/health/ready").statusCode() == 200);
                topics.publish(Topics.INSTRUCTIONS, new Instruction("songs", "one", "Sing.", "", "La."));
                await().atMost(PATIENCE).until(() -> service.get("/datasets/songs").statusCode() == 200);
                service.kill();
            }
        } finally {
            service.kill();
        }
    }
}
