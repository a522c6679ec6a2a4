package dev.apprentice.cli.client.answer;

import dev.apprentice.contracts.event.Progress.Phase;
import java.util.Locale;
import java.util.Optional;

/** Where a run is, in the one word that every command has for it. */
public enum RunState {
    /** For its turn, its data or its model. */
    WAITING,
    PREPARING,
    TRAINING,
    /** It is trained; test answers wait for their scores. */
    GRADING,
    /** It is trained, and every test answer of every checkpoint has its scores. */
    COMPLETE,
    FAILED,
    CANCELLED;

    /**
     * Of a run as its trainer and its judges see it.
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

    /** Of a phase alone, of which one that ends the training says nothing about the grades. */
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
