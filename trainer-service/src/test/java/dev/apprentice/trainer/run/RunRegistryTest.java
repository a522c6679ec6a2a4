package dev.apprentice.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.ReportBuilder;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.RunSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunRegistryTest {

    private static final Instant NOW = Instant.parse("2026-01-31T09:45:00Z");

    private final RunRegistry registry = new RunRegistry(TestSettings.of(Map.of("progress-history", "3", "runs-with-history", "2")));

    @Test
    void knowsARunOnceItIsAskedForWhateverIsHeardFirst() {
        registry.learn(progress("a", Phase.PREPARING, 0), 0);
        assertThat(registry.find("a")).isEmpty();
        registry.learn(run("a", NOW), 2);
        KnownRun known = registry.find("a").orElseThrow();
        assertThat(known.phase()).isEqualTo(Phase.PREPARING);
        assertThat(known.partition()).isEqualTo(2);
    }

    @Test
    void listsRunsOldestFirst() {
        registry.learn(run("late", NOW.plusSeconds(1)), 0);
        registry.learn(run("b", NOW), 0);
        registry.learn(run("a", NOW), 0);
        assertThat(registry.all()).extracting(KnownRun::name).containsExactly("a", "b", "late");
    }

    @Test
    void aRunThatIsCancelledAndResumedKeepsItsPlace() {
        Run first = run("first", NOW);
        registry.learn(first, 0);
        registry.learn(run("second", NOW.plusSeconds(1)), 0);
        registry.learn(first.cancelled(NOW.plusSeconds(2)), 0);
        assertThat(registry.all()).extracting(KnownRun::name).containsExactly("first", "second");
        registry.learn(first.cancelled(NOW.plusSeconds(2)).resumed(NOW.plusSeconds(3)), 0);
        assertThat(registry.all()).extracting(KnownRun::name).containsExactly("first", "second");
        assertThat(registry.all().get(0).run().requestedAt()).isEqualTo(NOW.plusSeconds(3));
    }

    @Test
    void theFirstFinalEventConcludesARun() {
        registry.learn(run("a", NOW), 0);
        registry.learn(progress("a", Phase.FAILED, 0), 0);
        registry.learn(progress("a", Phase.TRAINING, 1), 1);
        assertThat(registry.find("a").orElseThrow().phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void whatEndedARunBeforeItWasResumedDoesNotCount() {
        Run run = run("a", NOW);
        registry.learn(run, 0);
        registry.learn(progress("a", Phase.FAILED, 3), 0);
        Progress failed = registry.find("a").orElseThrow().conclusion().orElseThrow();
        registry.learn(run.resumed(NOW.plusSeconds(1)), 0); // read before the progress event about it, which is in another topic
        assertThat(registry.find("a").orElseThrow().conclusion()).isEmpty();
        assertThat(registry.find("a").orElseThrow().phase()).isEqualTo(Phase.WAITING);
        registry.learn(Progress.resumed(failed, NOW.plusSeconds(1), 1), 1);
        assertThat(registry.progressSince("a", -1)).extracting(ReportedProgress::offset).containsExactly(1L);
        registry.learn(progress("a", Phase.CANCELLED, 5), 2);
        assertThat(registry.find("a").orElseThrow().phase()).isEqualTo(Phase.CANCELLED);
        assertThat(registry.progressSince("a", -1)).extracting(ReportedProgress::offset).containsExactly(1L, 2L);
    }

    /** Only the progress event of a resumption was published, so the run is still ended. */
    @Test
    void aRunThatWasNotWantedAgainStaysAsItEnded() {
        registry.learn(run("a", NOW), 0);
        registry.learn(progress("a", Phase.FAILED, 3), 0);
        registry.learn(Progress.resumed(progress("a", Phase.FAILED, 3), NOW, 1), 1);
        assertThat(registry.find("a").orElseThrow().phase()).isEqualTo(Phase.FAILED);
    }

    /** Training asks for a run at every step, and for all runs several times a second. */
    @Test
    void whatHasNotChangedIsNotCopied() {
        registry.learn(run("a", NOW), 0);
        registry.learn(checkpoint("a", 4));
        registry.learn(checkpoint("a", 2));
        KnownRun known = registry.find("a").orElseThrow();
        assertThat(known.checkpoints()).extracting(Checkpoint::step).containsExactly(2, 4);
        assertThat(registry.find("a").orElseThrow()).isSameAs(known);
        assertThat(registry.all().get(0)).isSameAs(known);
        registry.learn(progress("a", Phase.TRAINING, 5), 3);
        KnownRun after = registry.find("a").orElseThrow();
        assertThat(after.newest().orElseThrow().step()).isEqualTo(5);
        assertThat(after.checkpoints()).isSameAs(known.checkpoints());
        assertThat(after.reported()).isSameAs(known.reported());
    }

    @Test
    void aCheckpointThatAnotherRunBeganWithIsKnownAsItsBase() {
        registry.learn(run("a", NOW), 0); // its model is /models/any
        assertThat(registry.isBaseOfARun(at("file:///models/any/"))).isTrue();
        assertThat(registry.isBaseOfARun(at("file:///models/any/step-000004"))).isFalse();
        assertThat(registry.isBaseOfARun(at("s3://models/any"))).isFalse();
    }

    /** The question's dead letter can be replayed, and only this checkpoint can answer it. */
    @Test
    void aCheckpointIsNeededWhileAQuestionOfItsExamHasNoAnswerThoughItsReportIsComplete() {
        registry.learn(run("a", NOW), 0);
        registry.learn(report(4, 1, 1));
        registry.learn(report(8, 2, 0));
        assertThat(registry.find("a").orElseThrow().isReferredTo(4)).isTrue();

        registry.learn(report(4, 2, 0));
        assertThat(registry.find("a").orElseThrow().isReferredTo(4)).isFalse();
        assertThat(registry.find("a").orElseThrow().isReferredTo(8)).as("the newest report").isTrue();
    }

    private static Report report(int step, int graded, int unanswered) {
        return ReportBuilder.builder()
                .run("a")
                .step(step)
                .questions(2)
                .graded(graded)
                .unanswered(unanswered)
                .build();
    }

    private static Checkpoint at(String uri) {
        return new Checkpoint("b", 4, 1, false, uri, "sha256:00", Optional.empty(), Optional.empty(), 0, 0, null, NOW);
    }

    @Test
    void remembersTheNewestEventsOnly() {
        for (int step = 0; step < 5; step++) {
            registry.learn(progress("a", Phase.TRAINING, step), 10 + step);
        }
        assertThat(registry.progressSince("a", -1)).extracting(ReportedProgress::offset).containsExactly(12L, 13L, 14L);
        assertThat(registry.progressSince("a", 13)).extracting(ReportedProgress::offset).containsExactly(14L);
    }

    @Test
    void remembersOneEventOfRunsThatHaveBeenQuietLongest() {
        for (String name : new String[] {"a", "b", "a", "c"}) {
            registry.learn(progress(name, Phase.TRAINING, 1), 1);
            registry.learn(progress(name, Phase.TRAINING, 2), 2);
        }
        assertThat(registry.progressSince("b", -1)).hasSize(1);
        assertThat(registry.progressSince("a", -1)).hasSize(3);
        assertThat(registry.progressSince("c", -1)).hasSize(2);
    }

    @Test
    void waitsUntilARunIsKnown() throws InterruptedException {
        Run run = run("a", NOW);
        assertThat(registry.awaitKnown(run, Duration.ZERO)).isFalse();
        registry.learn(run, 0);
        assertThat(registry.awaitKnown(run, Duration.ZERO)).isTrue();
        assertThat(registry.awaitKnown(run.cancelled(NOW), Duration.ZERO)).isFalse();
    }

    private static Run run(String name, Instant at) {
        return new Run(
                name,
                DesiredState.RUN,
                at,
                new RunSpecification(
                        new ModelSource("/models/any", null), DataSourceBuilder.builder().dataset("any").build(), null, null, null));
    }

    private static Checkpoint checkpoint(String run, int step) {
        return new Checkpoint(run, step, 1, false, "file:///x", "sha256:00", Optional.empty(), Optional.empty(), 0, 0, null, NOW);
    }

    private static Progress progress(String run, Phase phase, int step) {
        return ProgressBuilder.builder()
                .run(run)
                .at(NOW)
                .phase(phase)
                .step(step)
                .epoch(1)
                .epochs(2)
                .tokensSeen(0)
                .build();
    }
}
