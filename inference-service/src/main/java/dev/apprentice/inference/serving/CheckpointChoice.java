package dev.apprentice.inference.serving;

import dev.apprentice.contracts.event.Checkpoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Finds the checkpoint that a user asks for. */
@ApplicationScoped
public class CheckpointChoice {

    private final CheckpointCatalog catalog;
    private final ServedCheckpoint served;

    CheckpointChoice(CheckpointCatalog catalog, ServedCheckpoint served) {
        this.catalog = catalog;
        this.served = served;
    }

    /**
     * Returns the checkpoint that answers if the user names none; see {@link ServedCheckpoint}.
     *
     * @throws NoCheckpointException if none has been announced
     */
    public Checkpoint best() {
        return served.current().orElseThrow(() -> new NoCheckpointException(
                "no checkpoint has been announced yet; start a run and ask again when its first checkpoint is there"));
    }

    /**
     * Returns a run's checkpoint: at the given step, or else the newest.
     *
     * @throws UnknownCheckpointException naming the run, or its steps, or why the checkpoint cannot be served
     */
    public Checkpoint of(String run, Optional<Integer> step) {
        List<Integer> steps = catalog.stepsOf(run);
        Optional<String> refusal = catalog.refusal(run, step);
        if (refusal.isPresent() && (steps.isEmpty() || step.isPresent())) {
            throw new UnknownCheckpointException(refusal.get());
        }
        if (steps.isEmpty()) {
            throw new UnknownCheckpointException(
                    "run '" + run + "' has no checkpoint here; it does not exist or has not written its first one yet");
        }
        return step.map(number -> catalog.at(run, number))
                .orElseGet(() -> catalog.newest(run))
                .orElseThrow(() -> new UnknownCheckpointException("run '" + run + "' has no checkpoint at step "
                        + step.orElseThrow() + "; it has checkpoints at steps " + steps));
    }
}
