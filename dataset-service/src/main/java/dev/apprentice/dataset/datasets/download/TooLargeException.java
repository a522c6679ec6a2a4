package dev.apprentice.dataset.datasets.download;

import dev.apprentice.service.files.LimitedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** There is more than may, or can, be taken in. */
public class TooLargeException extends IOException {

    /** @param message a sentence for the sender */
    public TooLargeException(String message) {
        super(message);
    }

    TooLargeException(long limit) {
        this("The data is larger than %,d bytes; split it, or set apprentice.dataset.max-size.".formatted(limit));
    }

    /** Lets so many bytes through, and fails so at the next one. */
    public static InputStream beyond(long limit, InputStream bytes) {
        return new LimitedInputStream(bytes, limit, () -> {
            throw new TooLargeException(limit);
        });
    }
}
