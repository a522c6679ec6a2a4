package dev.apprentice.inference.answering;

import dev.apprentice.inference.models.CheckpointFolder;
import dev.apprentice.inference.models.CheckpointUnavailableException;
import java.util.List;

/**
 * A checkpoint that cannot be read now, and what waits for it.
 *
 * @param checkpoint which one
 * @param attempts how often it was tried in vain; 0 while it is fetched for the first time
 * @param why what came of it the last time
 * @param batches what it shall answer, in the order they came
 */
record AbsentCheckpoint(
        CheckpointFolder checkpoint, int attempts, CheckpointUnavailableException why, List<PromptBatch> batches) {

    AbsentCheckpoint {
        batches = List.copyOf(batches);
    }

    int prompts() {
        return batches.stream().mapToInt(batch -> batch.prompts().size()).sum();
    }

    long bytes() {
        return batches.stream().flatMap(batch -> batch.prompts().stream()).mapToLong(ReceivedPrompt::bytes).sum();
    }
}
