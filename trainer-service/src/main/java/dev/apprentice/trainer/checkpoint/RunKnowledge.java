package dev.apprentice.trainer.checkpoint;

import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.run.RunRegistry;
import java.util.Set;

/** What other trainers have published about a run's checkpoints. */
public interface RunKnowledge {

    /** What the log says by now. */
    static RunKnowledge of(KnownRun run, RunRegistry registry) {
        return new RunKnowledge() {
            @Override
            public boolean isAnnounced(int step) {
                return now().hasAnnounced(step);
            }

            @Override
            public boolean isReferredTo(int step) {
                KnownRun now = now();
                return now.isReferredTo(step)
                        || now.checkpoints().stream()
                                .anyMatch(checkpoint -> checkpoint.step() == step && registry.isBaseOfARun(checkpoint));
            }

            @Override
            public Set<Integer> reported() {
                return now().reported();
            }

            private KnownRun now() {
                return registry.find(run.name()).orElse(run);
            }
        };
    }

    /** Whether others already know of this step's checkpoint. */
    boolean isAnnounced(int step);

    /** Whether an unfinished exam, a report or another run refers to this step's checkpoint. */
    boolean isReferredTo(int step);

    /** The steps whose report is complete. */
    Set<Integer> reported();
}
