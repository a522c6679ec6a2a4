package dev.apprentice.cli.document;

import java.nio.file.Path;

/** Why a document cannot be read, in one sentence that names it; where something helps, that is said, too. */
public final class UnreadableDocumentException extends RuntimeException {

    UnreadableDocumentException(Path file, String reason) {
        super(file + " cannot be read: " + reason + ".");
    }
}
