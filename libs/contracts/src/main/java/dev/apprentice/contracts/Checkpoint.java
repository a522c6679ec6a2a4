package dev.apprentice.contracts;

import java.time.Instant;
import java.util.Optional;

/**
 * A model worth looking at. The weights themselves stay where the URI points.
 *
 * @param run the run
 * @param step optimizer steps it has seen; 0 is the untouched base model
 * @param epoch epochs begun
 * @param last whether training ends with it
 * @param uri the folder, in Hugging Face layout
 * @param digest {@code sha256:} and the hexadecimal digest of model.safetensors, or of adapter_model.safetensors where the
 *     folder holds an adapter alone
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
        trainLoss = trainLoss == null ? Optional.empty() : trainLoss;
        validationLoss = validationLoss == null ? Optional.empty() : validationLoss;
        promptStyle = promptStyle == null ? "alpaca" : promptStyle;
        Require.present(createdAt, "createdAt");
    }

    @Override
    public String key() {
        return run;
    }
}
