package dev.apprentice.inference.models;

import dev.apprentice.model.Device;
import dev.apprentice.model.Precision;
import dev.apprentice.model.card.CardFailure;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Verifies a checkpoint's digest, and loads the checkpoint into memory. */
final class CheckpointLoader {

    private static final Logger LOG = Logger.getLogger(CheckpointLoader.class);

    private final CheckpointCopies copies;
    private final WeightsVerification weights;
    private final Device device;
    private final Precision precision;

    CheckpointLoader(CheckpointCopies copies, WeightsVerification weights, Device device, Precision precision) {
        this.copies = copies;
        this.weights = weights;
        this.device = device;
        this.precision = precision;
    }

    /**
     * Loads a checkpoint.
     *
     * @throws CheckpointUnavailableException if it cannot be read or does not have its announced digest
     */
    HeldCheckpoint load(CheckpointFolder checkpoint) {
        long start = System.nanoTime();
        CheckpointCopies.Copy copy = copies.open(checkpoint);
        try {
            verify(checkpoint, copy);
            HeldCheckpoint loaded = loaded(checkpoint, () -> HeldCheckpoint.load(copy, device, precision));
            LOG.infof("loaded %s in %.1f s", checkpoint.uri(), (System.nanoTime() - start) / 1e9);
            return loaded;
        } catch (RuntimeException | Error e) {
            copy.close();
            throw e;
        }
    }

    private void verify(CheckpointFolder checkpoint, CheckpointCopies.Copy copy) {
        try {
            weights.verify(checkpoint, copy.folder());
        } catch (CheckpointUnavailableException e) {
            copy.discard();
            throw e;
        }
    }

    /**
     * Converts failures of loading, which are no question's fault. If the graphics card has failed, the process ends, because it
     * can load no checkpoint any more.
     */
    static HeldCheckpoint loaded(CheckpointFolder checkpoint, Supplier<HeldCheckpoint> loading) {
        try {
            return loading.get();
        } catch (RuntimeException e) { // mostly a ModelException
            CardFailure.endProcessIf(e, LOG::error);
            throw new CheckpointUnavailableException(e.getMessage(), e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw new CheckpointUnavailableException(
                    checkpoint.uri() + " cannot be loaded: it needs more memory than this service has (" + e + ")", e);
        }
    }
}
