package dev.apprentice.dataset.persistence;

import java.io.IOException;

/** Thrown while another process that shares the folder works on it. Transient: that process finishes or ends. */
public final class HeldElsewhereException extends IOException {

    public HeldElsewhereException(String message) {
        super(message);
    }
}
