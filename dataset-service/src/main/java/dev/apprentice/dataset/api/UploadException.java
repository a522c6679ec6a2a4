package dev.apprentice.dataset.api;

import java.io.IOException;

/** Thrown when a client does not send its body to the end, or sends it too slowly. The message is one sentence. */
public final class UploadException extends IOException {

    UploadException(String message) {
        super(message);
    }

    UploadException(String message, Throwable cause) {
        super(message, cause);
    }
}
