package dev.apprentice.dataset.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.Runs;
import dev.apprentice.dataset.ServiceTest;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.dataset.run.RunFolders;
import dev.apprentice.service.kafka.TopicProvisioning;
import dev.apprentice.service.threads.WatchedThreads;
import dev.apprentice.testkit.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BatchRetentionTest extends ServiceTest {

    private static final Instant ENDED = Instant.parse("2026-02-03T04:05:06Z");
    private static final Duration MONTH = Duration.ofDays(30);

    @Inject
    BatchRetention retention;

    @Inject
    RunFolders runs;

    @Inject
    TopicProvisioning provisioning;

    @Inject
    DatasetSettings settings;

    @Test
    void aFinishedRunKeepsItsBatchesForAMonthAndARunThatGoesOnForGood() throws IOException {
        RunFolder folder = prepared();
        retention.cleanUp(Instant.now().plus(Duration.ofDays(10_000)));
        assertThat(topics.read(Topics.batches(name))).hasSize(7);

        finish(folder);
        retention.cleanUp(ENDED.plus(MONTH).minusSeconds(1));
        assertThat(topics.read(Topics.batches(name))).hasSize(7);
        retention.cleanUp(ENDED.plus(MONTH));
        awaitDeleted();
        assertThat(folder.batchesDeletedAt()).contains(ENDED.plus(MONTH));
    }

    /** A cancelled stream has a last checkpoint; a resumed one continues with its batches. */
    @Test
    void aRunThatIsResumedKeepsItsBatchesThoughItHadEnded() throws IOException {
        RunFolder folder = prepared();
        finish(folder);
        folder.accept(folder.run().orElseThrow().cancelled(ENDED).resumed(ENDED.plusSeconds(1)));
        retention.cleanUp(ENDED.plus(MONTH));
        assertThat(topics.read(Topics.batches(name))).hasSize(7);
        assertThat(folder.finishedAt()).isEmpty();
    }

    @Test
    void aCheckpointThatWaitsForItsExamKeepsTheBatches() throws IOException {
        RunFolder folder = prepared();
        folder.exams().enlist(last());
        retention.cleanUp(ENDED.plus(MONTH));
        assertThat(topics.read(Topics.batches(name))).hasSize(7);
    }

    @Test
    void aWithdrawnRunLosesItsBatchesLikeAFinishedOne() throws IOException {
        RunFolder folder = prepared();
        topics.publishText(Topics.RUNS.name(), name, null);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> folder.withdrawnAt().isPresent());
        assertThat(folder.isWanted()).isFalse();
        retention.cleanUp(Instant.now());
        assertThat(topics.read(Topics.batches(name))).hasSize(7);
        retention.cleanUp(Instant.now().plus(MONTH));
        awaitDeleted();
    }

    @Test
    void aCancelledRunKeepsItsBatchesUnlessASettingSaysHowLongAndOneThatComesBackTooLateIsToldSo() throws IOException {
        RunFolder folder = prepared();
        Run run = folder.run().orElseThrow();
        topics.publish(Topics.RUNS, run.cancelled(ENDED));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !folder.isWanted());
        retention.cleanUp(Instant.now().plus(Duration.ofDays(10_000)));
        assertThat(topics.read(Topics.batches(name))).hasSize(7);

        new BatchRetention(runs, provisioning, cancelledAreKeptFor(Duration.ofDays(1)), new WatchedThreads()).cleanUp(ENDED.plus(Duration.ofDays(1)));
        awaitDeleted();
        topics.publish(Topics.RUNS, Runs.again(run));
        Progress failed = topics.await(Topics.PROGRESS, 1, progress ->
                progress.run().equals(name) && progress.phase() == Phase.FAILED).get(0);
        assertThat(failed.message()).hasValue("the batches of run '" + name + "' were deleted at 2026-02-04T04:05:06Z, because"
                + " it had been cancelled for longer than apprentice.dataset.keep-batches.cancelled; start a run of another"
                + " name");
    }

    private RunFolder prepared() throws IOException {
        upload(name, Fixtures.bytes("examples.json"));
        topics.publish(Topics.RUNS, Runs.of(name, name, tinyModel()));
        topics.await(Topics.PROGRESS, 1, progress -> progress.run().equals(name) && progress.phase() == Phase.PREPARED);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !runs.of(name).isUnprepared());
        return runs.of(name);
    }

    private void finish(RunFolder folder) throws IOException {
        folder.exams().enlist(last());
        folder.exams().strike(last());
    }

    private Checkpoint last() {
        return new Checkpoint(name, 6, 1, true, "file:///c/" + name + "/6", "sha256:6", Optional.empty(), Optional.empty(), 0,
                0, "alpaca", ENDED);
    }

    /** Waits until this test's batches are deleted. Other tests' runs share the service, but are not due at the times used here. */
    private void awaitDeleted() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> topics.read(Topics.batches(name)).isEmpty());
    }

    private DatasetSettings cancelledAreKeptFor(Duration time) {
        return (DatasetSettings) java.lang.reflect.Proxy.newProxyInstance(
                DatasetSettings.class.getClassLoader(), new Class<?>[] {DatasetSettings.class}, (proxy, method, arguments) ->
                        method.getName().equals("keepBatches") ? new Kept(time) : method.invoke(settings, arguments));
    }

    private record Kept(Duration time) implements DatasetSettings.KeepBatches {

        @Override
        public Duration finished() {
            return MONTH;
        }

        @Override
        public Optional<Duration> cancelled() {
            return Optional.of(time);
        }
    }
}
