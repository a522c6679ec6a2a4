package dev.apprentice.inference.models;

import dev.apprentice.contracts.Causes;
import dev.apprentice.service.storage.AlteredException;
import dev.apprentice.service.storage.StorageException;

/**
 * Thrown if a checkpoint cannot be used at the moment; its storage may come back. The message names the file, what is wrong and
 * what to do.
 */
public class CheckpointUnavailableException extends RuntimeException {

    public CheckpointUnavailableException(String message) {
        super(message);
    }

    public CheckpointUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether the object store was not there to be asked, which says nothing of the checkpoint. */
    public boolean isStorageAway() {
        return Causes.include(StorageException.class, this) && !Causes.include(AlteredException.class, this);
    }
}
