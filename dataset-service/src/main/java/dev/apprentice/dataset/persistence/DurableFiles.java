package dev.apprentice.dataset.persistence;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.stream.Stream;

/** Files that are there whole or not at all, whatever happens to the process or the machine. */
public final class DurableFiles {

    private static final boolean FOLDERS_CAN_BE_SYNCED = File.separatorChar == '/';

    private DurableFiles() {}

    /** Makes the folder and those above it, and makes their entries last. */
    public static Path createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        createFolder(folder.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        sync(folder.toAbsolutePath().getParent());
        return folder;
    }

    /** Writes a file, or replaces it, in one step. */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = temporaryBeside(file);
        try {
            Files.write(temporary, content);
            sync(temporary);
            moveIntoPlace(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Gives a file that is written and synced its name, taking the place of another that has it. */
    public static void moveIntoPlace(Path written, Path file) throws IOException {
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(file.toAbsolutePath().getParent());
    }

    /** Gives a finished file, which nobody will write to again, a second place that outlives the first. */
    public static void keepAlso(Path finished, Path place) throws IOException {
        Path temporary = temporaryBeside(place);
        try {
            link(finished, temporary);
            moveIntoPlace(temporary, place);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Removes a folder's files that nobody needs any more; what is already gone is fine. */
    public static void deleteAll(Stream<Path> files) throws IOException {
        for (Path file : files.toList()) {
            Files.deleteIfExists(file);
        }
    }

    /** Waits until what was written is on the disk. */
    public static void sync(Path fileOrFolder) throws IOException {
        if (Files.isDirectory(fileOrFolder)) {
            if (FOLDERS_CAN_BE_SYNCED) {
                force(fileOrFolder, StandardOpenOption.READ);
            }
        } else {
            force(fileOrFolder, StandardOpenOption.WRITE);
        }
    }

    private static void force(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    private static void link(Path finished, Path place) throws IOException {
        try {
            Files.createLink(place, finished);
        } catch (UnsupportedOperationException | IOException noLinksHere) {
            // some network file systems have no hard links; a missing source fails again here, with its own message
            Files.copy(finished, place, StandardCopyOption.REPLACE_EXISTING);
            sync(place);
        }
    }

    private static Path temporaryBeside(Path file) {
        return file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }
}
