package dev.apprentice.contracts.event;

import dev.apprentice.contracts.Require;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/**
 * A model that training has written. The event holds no weights; they lie where the URI points.
 *
 * @param run the run
 * @param step optimizer steps taken; 0 is the untouched base model
 * @param epoch epochs begun
 * @param last whether it is the run's last checkpoint
 * @param uri the folder, in Hugging Face layout
 * @param digest {@code sha256:} and the hexadecimal digest of model.safetensors, or of adapter_model.safetensors where the folder
 *     holds an adapter alone
 * @param trainLoss the last evaluation's loss on training batches
 * @param validationLoss the last evaluation's loss on validation batches
 * @param tokensSeen tokens trained on
 * @param nextOffset the offset in {@code batches.<run>} at which training goes on
 * @param promptStyle the style the model was taught
 * @param createdAt when it was written
 */
public record Checkpoint(
        String run,
        int step,
        int epoch,
        boolean last,
        String uri,
        String digest,
        Optional<Double> trainLoss,
        Optional<Double> validationLoss,
        long tokensSeen,
        long nextOffset,
        String promptStyle,
        Instant createdAt)
        implements Event {

    public Checkpoint {
        Require.name(run, "run");
        Require.atLeast(0, step, "step");
        Require.text(uri, "uri");
        Require.text(digest, "digest");
        promptStyle = promptStyle == null ? "alpaca" : promptStyle;
        Require.present(createdAt, "createdAt");
    }

    /**
     * Returns the checkpoint with the lowest validation loss, or with the lowest training loss if none has a validation loss. A tie
     * goes to the earliest. Empty if no loss was measured.
     */
    public static Optional<Checkpoint> best(Collection<Checkpoint> checkpoints) {
        boolean validated = checkpoints.stream().anyMatch(checkpoint -> checkpoint.validationLoss.isPresent());
        Function<Checkpoint, Optional<Double>> loss = validated ? Checkpoint::validationLoss : Checkpoint::trainLoss;
        return checkpoints.stream()
                .filter(checkpoint -> loss.apply(checkpoint).isPresent())
                .min(Comparator.<Checkpoint>comparingDouble(checkpoint -> loss.apply(checkpoint).get())
                        .thenComparing(Checkpoint::step));
    }

    @Override
    public String key() {
        return run;
    }
}
