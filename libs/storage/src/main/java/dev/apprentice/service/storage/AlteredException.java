package dev.apprentice.service.storage;

/** Thrown if a folder in an object store is incomplete, or one of its files is not as it was written. A retry may help. */
public class AlteredException extends StorageException {

    public AlteredException(String message) {
        super(message);
    }
}
