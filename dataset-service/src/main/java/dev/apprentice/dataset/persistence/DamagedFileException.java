package dev.apprentice.dataset.persistence;

import java.io.IOException;

/** Thrown if a file of this service does not contain what was written to it. A retry does not help. The message names the file. */
public final class DamagedFileException extends IOException {

    public DamagedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
