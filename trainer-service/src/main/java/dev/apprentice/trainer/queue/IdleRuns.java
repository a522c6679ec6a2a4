package dev.apprentice.trainer.queue;

import dev.apprentice.service.log.RunLog;
import dev.apprentice.trainer.checkpoint.CheckpointStores;
import dev.apprentice.trainer.checkpoint.CheckpointCleanup;
import dev.apprentice.trainer.checkpoint.RunKnowledge;
import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.run.RunRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Removes expendable checkpoints of this instance's runs that are not worked on, because an exam often ends after its run. For
 * one thread.
 */
@ApplicationScoped
class IdleRuns {

    private final RunQueue queue;
    private final RunRegistry registry;
    private final CheckpointStores stores;
    private final Map<String, Set<Integer>> cleanedUpWith = new HashMap<>();

    IdleRuns(RunQueue queue, RunRegistry registry, CheckpointStores stores) {
        this.queue = queue;
        this.registry = registry;
        this.stores = stores;
    }

    /**
     * Cleans up one run that has a new report since its last cleanup; the first cleanup after a start needs at least one report.
     * Call it only once the log is read.
     */
    void cleanUpNext() {
        cleanedUpWith.keySet().removeIf(name -> !isOwn(name));
        queue.takeIdle(this::isDue).ifPresent(known -> {
            try (RunLog log = RunLog.of(known.name())) {
                cleanedUpWith.put(known.name(), known.reported());
                new CheckpointCleanup(
                                stores.of(known.name()),
                                known.run().specification().training().keepCheckpoints(),
                                RunKnowledge.of(known, registry))
                        .cleanUp();
            } finally {
                queue.giveBack(known);
            }
        });
    }

    private boolean isOwn(String name) {
        return registry.find(name).filter(queue::isOwn).isPresent();
    }

    private boolean isDue(KnownRun known) {
        return known.run().specification().training().keepCheckpoints().isPresent()
                && !known.reported().equals(cleanedUpWith.getOrDefault(known.name(), Set.of()));
    }
}
