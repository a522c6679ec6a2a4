package dev.apprentice.dataset.persistence;

import java.io.IOException;

/** Another process that shares the folder is at it. Passes when that one has done, or has ended. */
public final class HeldElsewhereException extends IOException {

    public HeldElsewhereException(String message) {
        super(message);
    }
}
