package dev.apprentice.judge.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.ReportBuilder;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.judge.report.ReportView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExamsConditionTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final Runs runs = new Runs();
    private final List<Report> reported = new ArrayList<>();
    private long heard;
    private long minutes;
    private final ExamsCondition condition = new ExamsCondition(runs, new ReportView() {
        @Override
        public List<Report> of(String run) {
            return reported.stream().filter(report -> report.run().equals(run)).toList();
        }

        @Override
        public long heard() {
            return heard;
        }
    }, () -> Duration.ofMinutes(minutes).toNanos());

    @Test
    void checkpointsWithoutAnAnswerAreAConditionOnceNoneHasComeForLong() {
        runs.take(run("asked", Split.TEXTBOOK));
        runs.take(checkpoint("asked", 0));
        assertThat(condition.trouble()).isEmpty();
        minutes = 5;
        assertThat(condition.trouble()).isEmpty();
        minutes = 6;
        runs.take(checkpoint("asked", 100));
        assertThat(condition.trouble()).contains("checkpoints that wait for answers: 2, and none has arrived for over 5 minutes;"
                + " check that dataset-service, which asks the questions, and inference-service, which answers them, are running");

        report("asked", 0);
        assertThat(condition.trouble()).as("answers come, and the other has its turn").isEmpty();
        minutes = 12;
        assertThat(condition.trouble()).hasValueSatisfying(reason -> assertThat(reason).startsWith("checkpoints that wait for answers: 1,"));
        report("asked", 100);
        assertThat(condition.trouble()).isEmpty();
    }

    @Test
    void runsThatAskNothingOrAreNotWantedAnyMoreWaitForNothing() {
        runs.take(run("without-test", new Split(Split.Policy.ORDERED, 1, 0)));
        runs.take(checkpoint("without-test", 0));
        runs.take(run("cancelled", Split.TEXTBOOK).cancelled(AT));
        runs.take(checkpoint("cancelled", 0));
        condition.trouble();
        minutes = 60;
        assertThat(condition.trouble()).isEmpty();
    }

    private void report(String run, int step) {
        reported.add(ReportBuilder.builder().run(run).step(step).questions(2).graded(1).judges(List.of()).metrics(Map.of())
                .sinceBase(Map.of()).build());
        heard++;
    }

    private static Checkpoint checkpoint(String run, int step) {
        return new Checkpoint(run, step, 1, false, "file:/checkpoints/" + step, "sha256:00ff", Optional.empty(), Optional.empty(), 10,
                10, "alpaca", AT);
    }

    private static Run run(String name, Split split) {
        return new Run(name, Run.DesiredState.RUN, AT, new RunSpecification(new ModelSource("/models/any", null),
                DataSourceBuilder.builder().dataset("any").split(split).build(), null, null, null));
    }
}
