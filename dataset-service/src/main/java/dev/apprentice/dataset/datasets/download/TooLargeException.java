package dev.apprentice.dataset.datasets.download;

import dev.apprentice.service.files.LimitedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Thrown if data is larger than allowed, or than memory can hold. */
public class TooLargeException extends IOException {

    /** @param message a sentence for the sender */
    public TooLargeException(String message) {
        super(message);
    }

    TooLargeException(long limit) {
        this("The data is larger than %,d bytes; split it, or set apprentice.dataset.max-size.".formatted(limit));
    }

    /** Returns a stream that throws this exception after {@code limit} bytes. */
    public static InputStream beyond(long limit, InputStream bytes) {
        return new LimitedInputStream(bytes, limit, () -> {
            throw new TooLargeException(limit);
        });
    }
}
