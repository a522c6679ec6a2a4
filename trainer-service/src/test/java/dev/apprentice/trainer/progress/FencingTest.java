package dev.apprentice.trainer.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.trainer.TaughtRun;
import dev.apprentice.trainer.TrainerHome;
import dev.apprentice.trainer.checkpoint.TrainingState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that Kafka accepts events only from the newest trainer of a run. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(TrainerHome.class)
class FencingTest {

    KafkaTopics topics;

    @Inject
    KafkaClients clients;

    @TempDir
    Path model;

    @Test
    void aTrainerThatAnotherHasReplacedIsNotHeardAnyMore() {
        Run run = TaughtRun.named("zombie", model, TaughtRun.training(1, Optional.empty()));
        ProgressReport report = new ProgressReport(run, Clock.systemUTC());
        try (RunEvents old = TransactionalRunEvents.open(clients, run.run(), Duration.ZERO)) {
            old.report(report.resumed(TrainingState.start(1), List.of()));
            try (RunEvents young = TransactionalRunEvents.open(clients, run.run(), Duration.ZERO)) {
                assertThatThrownBy(() -> {
                            old.report(report.failed("said by the zombie"));
                            old.flush();
                        })
                        .isInstanceOf(FencedException.class)
                        .hasMessage("another trainer has taken run '" + run.run() + "'");
                young.report(report.completed());
                young.flush();
            }
        }
        assertThat(progress(run)).extracting(Progress::phase).containsExactly(Phase.WAITING, Phase.COMPLETED);
    }

    @Test
    void whatWasSaidInATransactionThatIsFencedNeverBecomesVisible() {
        Run run = TaughtRun.named("halfway", model, TaughtRun.training(1, Optional.empty()));
        ProgressReport report = new ProgressReport(run, Clock.systemUTC());
        try (RunEvents old = TransactionalRunEvents.open(clients, run.run(), Duration.ofHours(1))) {
            old.report(report.failed("not committed yet"));
            try (RunEvents young = TransactionalRunEvents.open(clients, run.run(), Duration.ZERO)) {
                young.report(report.completed());
                assertThatThrownBy(old::flush).isInstanceOf(FencedException.class);
            }
        }
        assertThat(progress(run)).extracting(Progress::phase).containsExactly(Phase.COMPLETED);
    }

    @Test
    void aRightfulOwnerThatAZombieHasFencedAsksTheGroupAndTakesItsRunUpAgain() {
        Fixtures.modelFolder("tiny-gpt2", model);
        Run run = TaughtRun.named("rightful", model, TaughtRun.training(1, Optional.of(2)));
        List<Batch> batches = TaughtRun.batches(run);
        TaughtRun.publish(topics, run, batches.subList(0, 4)); // validation and three steps
        topics.publish(Topics.RUNS, run);
        topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.step() == 3 && p.phase() == Phase.TRAINING);

        TransactionalRunEvents.open(clients, run.run(), Duration.ZERO).close(); // fences the running trainer, as another one would
        TaughtRun.publish(topics, run, batches.subList(4, batches.size()));

        topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.phase() == Phase.COMPLETED);
        List<Progress> said = progress(run);
        assertThat(said).filteredOn(p -> p.phase() == Phase.WAITING).extracting(Progress::message)
                .containsExactly(Optional.of("resumed from the checkpoint of step 2"));
        assertThat(said).filteredOn(p -> p.phase() == Phase.TRAINING).extracting(Progress::step)
                .containsExactly(1, 2, 3, 3, 4, 5, 6);
    }

    private List<Progress> progress(Run run) {
        return topics.read(Topics.PROGRESS).stream().filter(p -> p.run().equals(run.run())).toList();
    }
}
