package dev.apprentice.trainer.training;

/** What the others have said about a run's checkpoints. */
interface RunKnowledge {

    /** Whether others already know of this step's checkpoint. */
    boolean isAnnounced(int step);

    /** Whether an unfinished exam or a report refers to this step's checkpoint. */
    boolean isReferredTo(int step);
}
