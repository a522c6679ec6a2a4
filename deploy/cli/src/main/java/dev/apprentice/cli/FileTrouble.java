package dev.apprentice.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Turns an error of the file system into a sentence for a person. */
public final class FileTrouble {

    private FileTrouble() {}

    /** Returns a sentence that names the file, as far as the error does. */
    public static String sentence(IOException error) {
        if (!(error instanceof FileSystemException trouble)) {
            return error.getMessage() + ".";
        }
        String file = Optional.ofNullable(trouble.getFile()).orElse("A file");
        if (trouble instanceof AccessDeniedException) {
            return file + " may not be read or written by this user.";
        }
        if (trouble instanceof NoSuchFileException) {
            return file + " does not exist, or cannot be created.";
        }
        if (trouble instanceof FileAlreadyExistsException || trouble instanceof NotDirectoryException) {
            return file + " exists and is not a folder.";
        }
        return file + ": " + Optional.ofNullable(trouble.getReason()).orElse("the operating system refuses it") + ".";
    }
}
