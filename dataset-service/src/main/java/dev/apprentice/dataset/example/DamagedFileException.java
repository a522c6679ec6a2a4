package dev.apprentice.dataset.example;

import java.io.IOException;

/** A file of this service does not say what was written to it. Trying again does not help. The message names it. */
public final class DamagedFileException extends IOException {

    DamagedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
