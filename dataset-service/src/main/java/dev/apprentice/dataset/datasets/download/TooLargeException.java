package dev.apprentice.dataset.datasets.download;

import java.io.IOException;

/** There is more than may, or can, be taken in. */
public class TooLargeException extends IOException {

    /** @param message a sentence for the sender */
    public TooLargeException(String message) {
        super(message);
    }

    TooLargeException(long limit) {
        this("The data is larger than %,d bytes; split it, or set apprentice.dataset.max-size.".formatted(limit));
    }
}
