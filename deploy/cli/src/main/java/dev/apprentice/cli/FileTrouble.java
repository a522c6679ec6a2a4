package dev.apprentice.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** Turns an error of the file system into a sentence for a person. */
final class FileTrouble {

    private FileTrouble() {}

    static String sentence(FileSystemException trouble) {
        String file = Optional.ofNullable(trouble.getFile()).orElse("A file");
        if (trouble instanceof AccessDeniedException) {
            return file + " may not be read or written by this user.";
        }
        if (trouble instanceof NoSuchFileException) {
            return file + " is not there, or cannot be made there.";
        }
        if (trouble instanceof FileAlreadyExistsException || trouble instanceof NotDirectoryException) {
            return file + " is there and is no folder.";
        }
        return file + ": " + Optional.ofNullable(trouble.getReason()).orElse("the system refuses it") + ".";
    }
}
