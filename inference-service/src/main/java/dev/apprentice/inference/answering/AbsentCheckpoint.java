package dev.apprentice.inference.answering;

import dev.apprentice.inference.models.CheckpointFolder;
import dev.apprentice.inference.models.CheckpointUnavailableException;
import java.util.List;

/**
 * A checkpoint that cannot be read at the moment, and the prompts that wait for it.
 *
 * @param checkpoint the checkpoint
 * @param attempts number of failed attempts to read it; 0 while it is fetched for the first time
 * @param why the last failure
 * @param batches the waiting prompts, in the order they came
 */
record AbsentCheckpoint(
        CheckpointFolder checkpoint, int attempts, CheckpointUnavailableException why, List<PromptBatch> batches) {

    AbsentCheckpoint {
        batches = List.copyOf(batches);
    }

    /** Whether it is worth trying after so many attempts at most: while its storage is away, always. */
    boolean isWaitedFor(int mostAttempts) {
        return why.isStorageAway() || attempts < mostAttempts;
    }

    /** Tells whether it is being fetched for the first time, so that it is not known whether it can be read. */
    boolean isFirstFetched() {
        return attempts == 0;
    }

    int prompts() {
        return batches.stream().mapToInt(batch -> batch.prompts().size()).sum();
    }

    long bytes() {
        return batches.stream().flatMap(batch -> batch.prompts().stream()).mapToLong(ReceivedPrompt::bytes).sum();
    }
}
