package dev.apprentice.trainer.checkpoint;

import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.run.RunRegistry;
import java.util.Set;

/** What the log says about a run's checkpoints. */
public interface RunKnowledge {

    /** Returns the current knowledge, as the registry has it at each call. */
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

    /** Tells whether this step's checkpoint is already announced. */
    boolean isAnnounced(int step);

    /** Tells whether an unfinished exam, a report or another run refers to this step's checkpoint. */
    boolean isReferredTo(int step);

    /** Returns the steps whose report is complete. */
    Set<Integer> reported();
}
