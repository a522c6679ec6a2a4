package dev.apprentice.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.DataSource;
import dev.apprentice.contracts.ModelSource;
import dev.apprentice.contracts.Progress;
import dev.apprentice.contracts.Progress.Phase;
import dev.apprentice.contracts.Run;
import dev.apprentice.contracts.Run.DesiredState;
import dev.apprentice.contracts.RunSpecification;
import dev.apprentice.trainer.TrainerSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunRegistryTest {

    private static final Instant NOW = Instant.parse("2026-01-31T09:45:00Z");

    private final RunRegistry registry = new RunRegistry(settings(3, 2));

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
    void theFirstFinalEventConcludesARun() {
        registry.learn(run("a", NOW), 0);
        registry.learn(progress("a", Phase.FAILED, 0), 0);
        registry.learn(progress("a", Phase.TRAINING, 1), 1);
        assertThat(registry.find("a").orElseThrow().phase()).isEqualTo(Phase.FAILED);
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
                        new ModelSource("/models/any", null), new DataSource("any", null, null, null, null), null, null, null));
    }

    private static Progress progress(String run, Phase phase, int step) {
        return new Progress(
                run, NOW, phase, step, null, 1, 2, null, null, null, null, null, null, 0, null, null, null);
    }

    private static TrainerSettings settings(int history, int runs) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(TrainerSettings.class)
                .withDefaultValue("user.home", "/home/any")
                .withDefaultValue("apprentice.trainer.progress-history", Integer.toString(history))
                .withDefaultValue("apprentice.trainer.runs-with-history", Integer.toString(runs))
                .addDefaultInterceptors()
                .build()
                .getConfigMapping(TrainerSettings.class);
    }
}
