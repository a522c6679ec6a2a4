package dev.apprentice.service.storage;

import java.io.IOException;

/** Something in an object store cannot be had or kept now. The message is a sentence: the URI, what is wrong, the way out. */
public class StorageException extends IOException {

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
