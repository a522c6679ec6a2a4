package dev.apprentice.cli.client.answer;

import dev.apprentice.contracts.event.Progress.Phase;
import java.util.Locale;
import java.util.Optional;

/** A run's state, in the word that every command shows for it. */
public enum RunState {
    /** The run waits for its turn, its data or its model. */
    WAITING,
    PREPARING,
    TRAINING,
    /** The run is trained, and test answers wait for their scores. */
    GRADING,
    /** The run is trained, and every test answer of every checkpoint has its scores. */
    COMPLETE,
    FAILED,
    CANCELLED;

    /**
     * Returns the state of a run from what its trainer and its judges report.
     *
     * @param grades empty while nothing is graded, or while judge-service does not answer
     */
    public static RunState of(RunStatus run, Optional<GradedRun> grades) {
        if (run.phase() != Phase.COMPLETED) {
            return of(run.phase());
        }
        boolean graded = !run.hasExam()
                || grades.map(all -> all.exams().checkpoints() >= run.checkpoints().size()).orElse(false);
        return graded ? COMPLETE : GRADING;
    }

    /** Returns the state by the phase alone; a completed training counts as not yet graded. */
    private static RunState of(Phase phase) {
        return switch (phase) {
            case WAITING -> WAITING;
            case PREPARING, PREPARED -> PREPARING;
            case COMPLETED -> GRADING;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
            default -> TRAINING;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
