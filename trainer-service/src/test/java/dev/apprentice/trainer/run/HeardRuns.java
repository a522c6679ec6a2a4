package dev.apprentice.trainer.run;

import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.trainer.TrainerSettings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the queue stands on, without Kafka: runs that the log has told of, and the partitions that are this instance's. */
public final class HeardRuns {

    private final Set<Integer> own = new HashSet<>();
    private final RunRegistry registry;
    private final Outcomes outcomes;
    private final Ownership ownership;

    /** @param home where outcomes are kept */
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

    /** From now on exactly these are this instance's. */
    public void own(Integer... partitions) {
        own.clear();
        own.addAll(List.of(partitions));
    }

    public KnownRun hear(Run run, int partition) {
        registry.learn(run, partition);
        return registry.find(run.run()).orElseThrow();
    }

    /** @param offset behind that of what was heard before */
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
