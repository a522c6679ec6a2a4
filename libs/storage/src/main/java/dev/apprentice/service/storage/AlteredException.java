package dev.apprentice.service.storage;

/** A folder in an object store is incomplete, or a file of it is not what it was written as. Asking again later may help. */
public class AlteredException extends StorageException {

    public AlteredException(String message) {
        super(message);
    }
}
