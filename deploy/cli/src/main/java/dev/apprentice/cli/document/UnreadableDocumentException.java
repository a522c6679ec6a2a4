package dev.apprentice.cli.document;

import java.nio.file.Path;

/** Thrown if a document cannot be read. The message names the document, the reason and, if there is one, a way out. */
public final class UnreadableDocumentException extends RuntimeException {

    UnreadableDocumentException(Path file, String reason) {
        super(file + " cannot be read: " + reason + ".");
    }
}
