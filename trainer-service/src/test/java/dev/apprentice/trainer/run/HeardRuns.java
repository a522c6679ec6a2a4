package dev.apprentice.trainer.run;

import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.trainer.TrainerSettings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The registry, outcomes and ownership that the queue needs, without Kafka: tests add runs and choose this instance's partitions. */
public final class HeardRuns {

    private final Set<Integer> own = new HashSet<>();
    private final RunRegistry registry;
    private final Outcomes outcomes;
    private final Ownership ownership;

    /** @param home the folder for outcomes */
    public HeardRuns(Path home) {
        TrainerSettings settings = TestSettings.of(Map.of("home", home.toString()));
        registry = new RunRegistry(settings);
        outcomes = new Outcomes(settings);
        ownership = new Ownership(new ScriptedClients(), settings, new RunThreads()) {
            @Override
            public boolean owns(int partition) {
                return own.contains(partition);
            }
        };
    }

    /** Makes exactly these partitions this instance's. */
    public void own(Integer... partitions) {
        own.clear();
        own.addAll(List.of(partitions));
    }

    public KnownRun hear(Run run, int partition) {
        registry.learn(run, partition);
        return registry.find(run.run()).orElseThrow();
    }

    /** @param offset greater than that of the previous event */
    public void hear(Progress progress, long offset) {
        registry.learn(progress, offset);
    }

    public RunRegistry registry() {
        return registry;
    }

    public Outcomes outcomes() {
        return outcomes;
    }

    public Ownership ownership() {
        return ownership;
    }
}
