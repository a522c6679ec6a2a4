package dev.apprentice.model.training;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.training.batch.PackedBatch;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to do where a graphics card's memory does not hold a step. */
final class OutOfMemory {

    private static final Pattern PYTORCHS = Pattern.compile("out of memory\\.?( Tried to allocate [0-9.]+ \\w+)?");

    private OutOfMemory() {}

    /** The failure itself, or in its place one with the way out if it says that the card's memory is used up. */
    static RuntimeException named(RuntimeException failure, List<PackedBatch> batches) {
        Matcher found = PYTORCHS.matcher(String.valueOf(failure.getMessage()));
        if (!found.find()) {
            return failure;
        }
        int tokens = batches.stream().mapToInt(PackedBatch::inputs).max().orElse(0);
        return new ModelException(
                "the graphics card's memory does not hold a step with batches of up to " + tokens + " tokens"
                        + (found.group(1) == null ? "" : " (PyTorch" + found.group(1).replace(" Tried", " tried") + " more)")
                        + "; set tokensPerBatch to less (what a step learns stays as it is), turn on activationCheckpointing, or train"
                        + " with LoRA",
                failure);
    }
}
