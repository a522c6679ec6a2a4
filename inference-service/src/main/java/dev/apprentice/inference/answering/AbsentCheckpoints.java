package dev.apprentice.inference.answering;

import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.inference.models.CheckpointFolder;
import dev.apprentice.inference.models.CheckpointUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checkpoints that cannot be read at the moment. Their prompts wait here without blocking others, in a limited amount of memory. */
@ApplicationScoped
class AbsentCheckpoints {

    private final long mostBytes;

    /** In the order in which they were found absent. Guarded by this. */
    private final Map<CheckpointFolder, AbsentCheckpoint> absent = new LinkedHashMap<>();

    AbsentCheckpoints(InferenceSettings settings) {
        this.mostBytes = settings.retry().waitingMegabytes() * 1_000_000L;
    }

    /** Lets a batch wait if its checkpoint is known to be absent. Returns whether it does. */
    synchronized boolean join(PromptBatch batch) {
        return absent.computeIfPresent(batch.checkpoint(), (checkpoint, known) -> new AbsentCheckpoint(
                checkpoint, known.attempts(), known.why(), with(known.batches(), batch))) != null;
    }

    /** Notes that a batch's checkpoint was found absent. The batch waits from now on. */
    synchronized void miss(PromptBatch batch, CheckpointUnavailableException why) {
        absent.put(batch.checkpoint(), new AbsentCheckpoint(batch.checkpoint(), 1, why, List.of(batch)));
    }

    /** Notes that a checkpoint is being fetched for this batch. The batch waits from now on. */
    synchronized void expect(PromptBatch batch) {
        CheckpointUnavailableException why =
                new CheckpointUnavailableException(batch.checkpoint().uri() + " is being fetched");
        absent.put(batch.checkpoint(), new AbsentCheckpoint(batch.checkpoint(), 0, why, List.of(batch)));
    }

    /**
     * Notes another failed attempt. Attempts count from 1 again once the storage is back. Returns what is now known of the
     * checkpoint, empty if no prompt waits for it any more.
     */
    synchronized Optional<AbsentCheckpoint> missAgain(CheckpointFolder checkpoint, CheckpointUnavailableException why) {
        return Optional.ofNullable(absent.computeIfPresent(checkpoint, (same, known) -> {
            boolean storageIsBack = known.why().isStorageAway() && !why.isStorageAway();
            return new AbsentCheckpoint(checkpoint, storageIsBack ? 1 : known.attempts() + 1, why, known.batches());
        }));
    }

    /** Removes a checkpoint that is back or given up, and returns what waited for it. */
    synchronized Optional<AbsentCheckpoint> remove(CheckpointFolder checkpoint) {
        return Optional.ofNullable(absent.remove(checkpoint));
    }

    /**
     * Removes checkpoints until the waiting prompts fit into the memory limit, and returns them with what waited for them. Those
     * that could not be read go first, in the order in which they were found absent, and then those that are still being fetched
     * for the first time.
     */
    synchronized List<AbsentCheckpoint> removeBeyondTheLimit() {
        List<AbsentCheckpoint> gone = new ArrayList<>();
        long bytes = absent.values().stream().mapToLong(AbsentCheckpoint::bytes).sum();
        List<AbsentCheckpoint> missedFirst = absent.values().stream().sorted(Comparator.comparing(AbsentCheckpoint::isFirstFetched)).toList();
        for (AbsentCheckpoint next : missedFirst) {
            if (bytes <= mostBytes) {
                break;
            }
            bytes -= next.bytes();
            gone.add(absent.remove(next.checkpoint()));
        }
        return gone;
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
