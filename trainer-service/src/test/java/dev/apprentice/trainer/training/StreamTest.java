package dev.apprentice.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.ReportBuilder;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.trainer.TaughtRun;
import dev.apprentice.trainer.TrainerHome;
import dev.apprentice.trainer.run.Outcomes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests batches without an end, and runs that wait for them. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(TrainerHome.class)
class StreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    KafkaTopics topics;

    @Inject
    Outcomes outcomes;

    @Inject
    MeterRegistry meters;

    @TempDir
    Path model;

    @BeforeEach
    void layOutTheModel() {
        Fixtures.modelFolder("tiny-gpt2", model);
    }

    @Test
    void aStreamIsLearnedAsItComesAndCancelledItLeavesACheckpointOfWhatItLearned() {
        Run run = TaughtRun.stream("stream", model, TaughtRun.training(1, Optional.of(2)));
        List<Batch> batches = TaughtRun.batches(run);
        TaughtRun.publish(topics, run, batches.subList(0, 2)); // validation and one step
        topics.publish(Topics.RUNS, run);
        awaitStep(run, 1);
        TaughtRun.publish(topics, run, batches.subList(2, 6));
        awaitStep(run, 5);
        awaitCheckpoints(run, 3);
        topics.publish(Topics.RUNS, run.cancelled(Instant.now()));

        Progress last = awaitEnd(run);
        assertThat(last.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(last.step()).isEqualTo(5);
        assertThat(last.epochs()).isZero();
        assertThat(last.steps()).isEmpty();
        List<Checkpoint> checkpoints = awaitCheckpoints(run, 4);
        assertThat(checkpoints).extracting(Checkpoint::step).containsExactly(0, 2, 4, 5);
        assertThat(checkpoints).extracting(Checkpoint::last).containsExactly(false, false, false, true);
        assertThat(checkpoints.get(2).validationLoss()).isPresent();
    }

    @Test
    void aCheckpointIsTakenWhenTheLastIsTooLongAgoEvenWhileNothingComes() {
        Run run = TaughtRun.stream("timed", model, TaughtRun.training(1, Map.of("checkpointAfter", "PT0.3S")));
        TaughtRun.publish(topics, run, TaughtRun.batches(run).subList(0, 3));
        topics.publish(Topics.RUNS, run);
        assertThat(Awaitility.await().atMost(PATIENCE).until(
                        () -> topics.read(Topics.CHECKPOINTS).stream().filter(c -> c.run().equals(run.run())).toList(),
                        announced -> announced.stream().anyMatch(c -> c.step() == 2)))
                .extracting(Checkpoint::step)
                .doesNotHaveDuplicates();
        Awaitility.await().atMost(PATIENCE).until(() -> meters.get("apprentice.trainer.caught.up").gauge().value() == 1);
        cancel(run);
        Awaitility.await().atMost(PATIENCE).until(() -> meters.get("apprentice.trainer.caught.up").gauge().value() == 0);
    }

    @Test
    void aRunWithoutBatchesDoesNotKeepOthersWaiting() {
        Run waiting = TaughtRun.named("without", model, TaughtRun.training(1, Optional.empty()));
        topics.publish(Topics.RUNS, waiting);
        topics.await(Topics.PROGRESS, 1, p -> p.run().equals(waiting.run()) && p.phase() == Phase.WAITING);
        Run ready = TaughtRun.named("with", model, TaughtRun.training(1, Optional.empty()));
        TaughtRun.publishBatches(topics, ready);
        topics.publish(Topics.RUNS, ready);
        assertThat(awaitEnd(ready).phase()).isEqualTo(Phase.COMPLETED);

        TaughtRun.publishBatches(topics, waiting);
        assertThat(awaitEnd(waiting).phase()).isEqualTo(Phase.COMPLETED);
    }

    @Test
    void aRunWhoseBatchesStopComingGivesWayAndGoesOnWhereItWasWithoutAnybodyNoticing() throws IOException {
        Run undisturbed = TaughtRun.named("steady", model, TaughtRun.training(1, Optional.of(4)));
        TaughtRun.publishBatches(topics, undisturbed);
        topics.publish(Topics.RUNS, undisturbed);
        awaitEnd(undisturbed);

        Run halting = TaughtRun.named("halting", model, TaughtRun.training(1, Optional.of(4)));
        List<Batch> batches = TaughtRun.batches(halting);
        TaughtRun.publish(topics, halting, batches.subList(0, 6));
        topics.publish(Topics.RUNS, halting);
        awaitStep(halting, 5);
        Run other = TaughtRun.named("other", model, TaughtRun.training(1, Optional.empty()));
        TaughtRun.publishBatches(topics, other);
        topics.publish(Topics.RUNS, other);
        awaitEnd(other);
        TaughtRun.publish(topics, halting, batches.subList(6, batches.size()));
        awaitEnd(halting);

        assertThat(announced(halting)).containsExactly(0, 4, 6);
        assertThat(trained(halting)).containsExactly(1, 2, 3, 4, 5, 6);
        for (String file : List.of("model.safetensors", "trainer/optimizer.safetensors")) {
            assertThat(checkpoint(halting, 6).resolve(file)).hasSameBinaryContentAs(checkpoint(undisturbed, 6).resolve(file));
        }
        assertThat(steps(halting)).containsExactly("step-000000", "step-000004", "step-000006");
    }

    @Test
    void aStreamThatNeverRestsSharesTheTrainerWithARunThatCameLater() {
        Run stream = TaughtRun.stream("restless", model, TaughtRun.training(2, Optional.of(100)));
        List<Batch> batches = TaughtRun.batches(stream);
        TaughtRun.publish(topics, stream, batches.subList(0, 2));
        topics.publish(Topics.RUNS, stream);
        awaitStep(stream, 1);
        Run later = TaughtRun.named("later", model, TaughtRun.training(1, Optional.empty()));
        TaughtRun.publishBatches(topics, later);
        topics.publish(Topics.RUNS, later);
        awaitEnd(later);
        TaughtRun.publish(topics, stream, batches.subList(2, 4));
        awaitStep(stream, 3);
        cancel(stream);
        assertThat(trained(stream)).containsExactly(1, 2, 3);
    }

    @Test
    void aStepOfAccumulatedBatchesIsOneStep() {
        Training training = TaughtRun.training(1, Map.of("gradientAccumulation", 4, "evaluateEvery", 1));
        Run run = TaughtRun.named("accumulated", model, training);
        TaughtRun.publishBatches(topics, run);
        topics.publish(Topics.RUNS, run);
        assertThat(awaitEnd(run).step()).isEqualTo(2); // 4 batches, and then the last 2 of the epoch
        assertThat(of(run, Phase.TRAINING)).extracting(p -> p.steps().orElseThrow()).containsExactly(2, 2);
        assertThat(awaitCheckpoints(run, 2)).extracting(Checkpoint::nextOffset).containsExactly(1L, 7L);
    }

    @Test
    void onlyTheCheckpointsThatAreAskedForOrReferredToAreKept() throws IOException {
        Training training = TaughtRun.training(
                1, Map.of("checkpointEvery", 1, "evaluateEvery", 1, "keepCheckpoints", Map.of("last", 1, "best", 1)));
        Run run = TaughtRun.named("kept", model, training);
        List<Batch> batches = TaughtRun.batches(run);
        TaughtRun.publish(topics, run, batches.subList(0, 6));
        topics.publish(Topics.RUNS, run);
        awaitCheckpoints(run, 6);
        // All reports but that of step 2 are complete, so its exam is not over.
        List.of(0, 1, 3, 4).forEach(step -> topics.publish(Topics.REPORTS, report(run, step, 2)));
        topics.publish(Topics.REPORTS, report(run, 2, 1));
        // 0: the base model. 2: an open exam. 4: the newest complete report. 5: the newest and best checkpoint, not reported yet.
        awaitKept(run, "step-000000", "step-000002", "step-000004", "step-000005");
        TaughtRun.publish(topics, run, batches.subList(6, batches.size()));
        awaitEnd(run);
        awaitKept(run, "step-000000", "step-000002", "step-000004", "step-000005", "step-000006");
        List.of(5, 6).forEach(step -> topics.publish(Topics.REPORTS, report(run, step, 2))); // after the run has ended
        awaitKept(run, "step-000000", "step-000002", "step-000006");
    }

    @Test
    void aStreamsCheckpointTellsHowLongItsInstructionsWaitedAndCarriesTheirTraceOn() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        Timer latency = meters.get("apprentice.trainer.instruction.to.checkpoint").timer();
        long before = latency.count();
        Run run = TaughtRun.stream("traced", model, TaughtRun.training(1, Optional.of(2)));
        List<Batch> batches = TaughtRun.batches(run);
        TaughtRun.publish(topics, run, batches.subList(0, 1));
        for (Batch batch : batches.subList(1, 3)) {
            // the first an hour ago, the second an hour ahead, as after a clock was set back
            topics.publish(
                    Topics.batches(run.run()),
                    producedAt(batch, Instant.now().plusSeconds(batch.index() == 0 ? -3600 : 3600)),
                    Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        }
        topics.publish(Topics.RUNS, run);
        awaitCheckpoints(run, 2);

        assertThat(headersOf(Topics.CHECKPOINTS.name(), run)).hasSize(2).last().asString().startsWith("00-" + trace + "-");
        assertThat(headersOf(Topics.PROGRESS.name(), run)).filteredOn(parent -> parent.contains(trace)).hasSize(3);
        Awaitility.await().atMost(PATIENCE).until(() -> latency.count() == before + 2);
        assertThat(latency.max(TimeUnit.SECONDS)).isGreaterThan(3599);
        cancel(run);
    }

    private List<String> headersOf(String topic, Run run) {
        return topics.records(topic).stream()
                .filter(record -> record.key().equals(run.run()))
                .map(record -> KafkaTopics.header(record, "traceparent"))
                .toList();
    }

    private static Batch producedAt(Batch batch, Instant oldest) {
        return new Batch(
                batch.run(), batch.split(), batch.epoch(), batch.index(), batch.of(), batch.tokens(), batch.rowLengths(),
                batch.promptLengths(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(oldest), Optional.of(oldest));
    }

    private static Report report(Run run, int step, int graded) {
        return ReportBuilder.builder().run(run.run()).step(step).questions(2).graded(graded).build();
    }

    private void cancel(Run run) {
        topics.publish(Topics.RUNS, run.cancelled(Instant.now()));
        assertThat(awaitEnd(run).phase()).isEqualTo(Phase.CANCELLED);
    }

    private void awaitStep(Run run, int step) {
        topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.step() == step && p.phase() == Phase.TRAINING);
    }

    private List<Checkpoint> awaitCheckpoints(Run run, int count) {
        return topics.await(Topics.CHECKPOINTS, count, c -> c.run().equals(run.run()));
    }

    private Progress awaitEnd(Run run) {
        return topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.phase().isFinal()).get(0);
    }

    private List<Progress> of(Run run, Phase phase) {
        return topics.read(Topics.PROGRESS).stream()
                .filter(p -> p.run().equals(run.run()) && p.phase() == phase)
                .toList();
    }

    private List<Integer> trained(Run run) {
        return of(run, Phase.TRAINING).stream().map(Progress::step).toList();
    }

    private void awaitKept(Run run, String... checkpoints) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(steps(run)).containsExactly(checkpoints));
    }

    private List<Integer> announced(Run run) {
        return topics.read(Topics.CHECKPOINTS).stream()
                .filter(c -> c.run().equals(run.run()))
                .map(Checkpoint::step)
                .toList();
    }

    private Path checkpoint(Run run, int step) {
        return outcomes.folder(run.run()).resolve(String.format("checkpoints/step-%06d", step));
    }

    private List<String> steps(Run run) throws IOException {
        try (Stream<Path> folders = Files.list(outcomes.folder(run.run()).resolve("checkpoints"))) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }
}
