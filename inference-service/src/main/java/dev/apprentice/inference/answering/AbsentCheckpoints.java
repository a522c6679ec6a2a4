package dev.apprentice.inference.answering;

import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.inference.models.CheckpointFolder;
import dev.apprentice.inference.models.CheckpointUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checkpoints that cannot be read now. Their prompts wait here, out of the way of all others, in memory of a limited
 * size.
 */
@ApplicationScoped
class AbsentCheckpoints {

    private final long mostBytes;

    /** In the order in which they were missed. Guarded by this. */
    private final Map<CheckpointFolder, AbsentCheckpoint> absent = new LinkedHashMap<>();

    AbsentCheckpoints(InferenceSettings settings) {
        this.mostBytes = settings.retry().waitingMegabytes() * 1_000_000L;
    }

    /** Lets a batch wait if its checkpoint is known to be away; returns whether it does. */
    synchronized boolean join(PromptBatch batch) {
        return absent.computeIfPresent(batch.checkpoint(), (checkpoint, known) -> new AbsentCheckpoint(
                checkpoint, known.attempts(), known.why(), with(known.batches(), batch))) != null;
    }

    /** A checkpoint was found to be away by this batch, which waits from now on. */
    synchronized void miss(PromptBatch batch, CheckpointUnavailableException why) {
        absent.put(batch.checkpoint(), new AbsentCheckpoint(batch.checkpoint(), 1, why, List.of(batch)));
    }

    /** A checkpoint is fetched for this batch, which waits from now on. */
    synchronized void expect(PromptBatch batch) {
        CheckpointUnavailableException why =
                new CheckpointUnavailableException(batch.checkpoint().uri() + " is being fetched");
        absent.put(batch.checkpoint(), new AbsentCheckpoint(batch.checkpoint(), 0, why, List.of(batch)));
    }

    /** It was tried once more, in vain; returns what is known of it now, empty if nothing waits for it any more. */
    synchronized Optional<AbsentCheckpoint> missAgain(CheckpointFolder checkpoint, CheckpointUnavailableException why) {
        return Optional.ofNullable(absent.computeIfPresent(checkpoint, (same, known) ->
                new AbsentCheckpoint(checkpoint, known.attempts() + 1, why, known.batches())));
    }

    /** It is back, or given up: what waited for it waits no more. */
    synchronized Optional<AbsentCheckpoint> remove(CheckpointFolder checkpoint) {
        return Optional.ofNullable(absent.remove(checkpoint));
    }

    /** The one that was missed first, where more waits than there is room for. */
    synchronized Optional<AbsentCheckpoint> beyondTheLimit() {
        long bytes = absent.values().stream().mapToLong(AbsentCheckpoint::bytes).sum();
        return bytes > mostBytes ? absent.values().stream().findFirst() : Optional.empty();
    }

    synchronized Collection<AbsentCheckpoint> all() {
        return List.copyOf(absent.values());
    }

    private static List<PromptBatch> with(List<PromptBatch> batches, PromptBatch more) {
        List<PromptBatch> all = new ArrayList<>(batches);
        all.add(more);
        return all;
    }
}
