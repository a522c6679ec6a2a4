package dev.apprentice.dataset.datasets.download;

import java.io.IOException;

/** There are more bytes than may be taken in. */
public class TooLargeException extends IOException {

    TooLargeException(long limit) {
        super("The data is larger than %,d bytes; split it, or set apprentice.dataset.max-size.".formatted(limit));
    }
}
