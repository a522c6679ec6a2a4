package dev.apprentice.service.storage;

import java.io.IOException;

/**
 * Thrown if something in an object store cannot be read or written at the moment. The message is a sentence with the URI, what is
 * wrong, and what to do.
 */
public class StorageException extends IOException {

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
