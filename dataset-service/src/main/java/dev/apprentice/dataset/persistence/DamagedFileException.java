package dev.apprentice.dataset.persistence;

import java.io.IOException;

/** A file of this service does not say what was written to it. Trying again does not help. The message names it. */
public final class DamagedFileException extends IOException {

    public DamagedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
