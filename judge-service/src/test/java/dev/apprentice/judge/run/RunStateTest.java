package dev.apprentice.judge.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.ProgressDataBuilder;
import dev.apprentice.contracts.event.ProgressFiguresBuilder;
import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.Training;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunStateTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final RunState run = new RunState("a-run");

    @Test
    void theTimeLeftGoesByThePaceOfTheLastSteps() {
        for (int step = 1; step <= 100; step++) {
            run.went(trained(step, START.plusSeconds(step)));
        }
        for (int step = 101; step <= 200; step++) { // twice as fast from here on
            run.went(trained(step, START.plusSeconds(100).plusMillis((step - 100) * 500L)));
        }

        assertThat(run.summary().secondsLeft()).contains(400L); // 800 steps
    }

    @Test
    void aRunThatHasEndedStaysAsItEnded() {
        run.went(trained(10, START));
        run.went(progress(Phase.FAILED, 10, START.plusSeconds(1), Optional.of("no room on the disk")));
        run.went(progress(Phase.EVALUATING, 10, START.plusSeconds(2), Optional.empty()));

        assertThat(run.summary().phase()).isEqualTo(Phase.FAILED);
        assertThat(run.summary().message()).contains("no room on the disk");
        assertThat(run.summary().secondsLeft()).isEmpty();
    }

    @Test
    void aRunThatIsResumedGoesOn() {
        Progress failed = progress(Phase.FAILED, 10, START, Optional.of("no room on the disk"));
        run.went(failed);
        run.went(Progress.resumed(failed, START.plusSeconds(1), 1));
        assertThat(run.summary().phase()).isEqualTo(Phase.WAITING);
        run.went(trained(11, START.plusSeconds(2)));
        run.went(progress(Phase.COMPLETED, 12, START.plusSeconds(3), Optional.of("trained")));
        assertThat(run.summary().phase()).isEqualTo(Phase.COMPLETED);
    }

    @Test
    void aRunResumedFromAnEarlierCheckpointHasATimeLeftThatIsNotNegative() {
        run.went(trained(50, START));
        run.went(trained(51, START.plusSeconds(1)));
        run.went(trained(21, START.plusSeconds(60)));

        assertThat(run.summary().secondsLeft()).isEmpty();
        run.went(trained(22, START.plusSeconds(62)));
        assertThat(run.summary().secondsLeft()).contains(2L * (1000 - 22));
        assertThat(run.summary().step()).isEqualTo(22);
    }

    /** The clock of the first trainer is an hour ahead of the second one's. */
    @Test
    void theTimeLeftOfARunThatWentToATrainerWithAnotherClockGoesByThatAlone() {
        for (int step = 1; step <= 10; step++) {
            run.went(trained(step, START.plusSeconds(3_600 + step)));
        }
        run.went(trained(11, START.plusSeconds(11)));
        assertThat(run.summary().secondsLeft()).isEmpty();
        run.went(trained(12, START.plusSeconds(12)));
        assertThat(run.summary().secondsLeft()).contains(988L); // 1,000 steps
    }

    @Test
    void keepsWhatIsSaidOfTheData() {
        Progress said = ProgressBuilder.builder()
                .run("a-run")
                .at(Instant.EPOCH)
                .phase(Phase.PREPARED)
                .step(0)
                .epoch(0)
                .epochs(2)
                .tokensSeen(0)
                .data(ProgressDataBuilder.builder().repeats(new Repeats(61, 3, 1)).dataset(new DatasetVersion("d", 2, "sha256:00ff")).build())
                .build();
        run.went(said);
        run.went(trained(1, START.plusSeconds(1)));
        assertThat(run.detail().repeats()).hasValue(new Repeats(61, 3, 1));
        assertThat(run.detail().dataset()).hasValue(new DatasetVersion("d", 2, "sha256:00ff"));
    }

    @Test
    void aCancelledRunIsAbandonedUnlessItLearnsAStreamWhichHasNoOtherEnd() {
        Runs runs = new Runs();
        runs.take(wanted("given-up", Run.DesiredState.CANCEL, Source.DATASET));
        runs.take(wanted("ended", Run.DesiredState.CANCEL, Source.STREAM));
        runs.take(wanted("going-on", Run.DesiredState.RUN, Source.DATASET));

        assertThat(List.of("given-up", "ended", "going-on", "unknown")).filteredOn(runs::isAbandoned).containsExactly("given-up");
        assertThat(List.of("given-up", "ended", "going-on", "unknown")).filteredOn(runs::isCancelled)
                .containsExactly("given-up", "ended");
    }

    private static Run wanted(String name, Run.DesiredState desired, Source source) {
        return new Run(name, desired, START, new RunSpecification(
                new ModelSource("/models/gpt2", ModelSource.Start.PRETRAINED),
                DataSourceBuilder.builder()
                        .dataset("d")
                        .promptStyle("alpaca")
                        .overlong(DataSource.Overlong.TERMINATE)
                        .source(source)
                        .build(),
                Training.DEFAULTS, RunSpecification.Generation.DEFAULTS, Optional.empty()));
    }

    private static Progress trained(int step, Instant at) {
        return progress(Phase.TRAINING, step, at, Optional.empty());
    }

    private static Progress progress(Phase phase, int step, Instant at, Optional<String> message) {
        return ProgressBuilder.builder()
                .run("a-run")
                .at(at)
                .phase(phase)
                .step(step)
                .steps(1000)
                .epoch(1)
                .epochs(2)
                .figures(ProgressFiguresBuilder.builder()
                        .trainLoss(1.0)
                        .tokensPerSecond(100.0)
                        .build())
                .tokensSeen(step * 10L)
                .message(message)
                .build();
    }
}
