package dev.apprentice.service.files;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes files and folders that are complete or absent, even after a power failure.
 *
 * <p>The recipe is the usual one: write under a temporary name, sync the contents, rename, sync the folder that holds the name
 * (Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014).
 */
public final class DurableFiles {

    private static final String TEMPORARY_PREFIX = ".";
    private static final String TEMPORARY_SUFFIX = ".partial";
    private static final boolean FOLDERS_CAN_BE_SYNCED = File.separatorChar == '/';

    private DurableFiles() {}

    /** Creates the folder and its parents, and syncs their entries. */
    public static Path createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        createFolder(folder.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        sync(folder.toAbsolutePath().getParent());
        return folder;
    }

    /** Returns a unique name next to {@code target}, which {@link #deleteTemporary} recognises. */
    public static Path temporaryFor(Path target) {
        return target.resolveSibling(
                TEMPORARY_PREFIX + target.getFileName() + "." + UUID.randomUUID() + TEMPORARY_SUFFIX);
    }

    /** Writes or replaces a file atomically and durably. Creates its folder if absent. */
    public static void write(Path target, byte[] contents) throws IOException {
        createFolder(target.toAbsolutePath().getParent());
        Path temporary = temporaryFor(target);
        try {
            Files.write(temporary, contents);
            sync(temporary);
            moveIntoPlace(temporary, target);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Renames a file that is written and synced, replacing an existing one of that name. */
    public static void moveIntoPlace(Path written, Path target) throws IOException {
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(target.toAbsolutePath().getParent());
    }

    /**
     * Gives a finished file, which will not be written to again, a second path that survives the deletion of the first: a hard
     * link, or a copy.
     */
    public static void keepAlso(Path finished, Path place) throws IOException {
        Path temporary = temporaryFor(place);
        try {
            link(finished, temporary);
            moveIntoPlace(temporary, place);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Renames a finished folder. Everything in it is synced before, and the name after. */
    public static void publishFolder(Path temporary, Path target) throws IOException {
        try (Stream<Path> tree = Files.walk(temporary)) {
            for (Path path : (Iterable<Path>) tree::iterator) {
                sync(path);
            }
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        sync(target.toAbsolutePath().getParent());
    }

    /** Deletes what a crash has left half-written in a folder, if the folder exists. */
    public static void deleteTemporary(Path folder) throws IOException {
        for (Path path : children(folder)) {
            String name = path.getFileName().toString();
            if (name.startsWith(TEMPORARY_PREFIX) && name.endsWith(TEMPORARY_SUFFIX)) {
                deleteTree(path);
            }
        }
    }

    /** Deletes files, if they exist. */
    public static void deleteAll(Stream<Path> files) throws IOException {
        for (Path file : files.toList()) {
            Files.deleteIfExists(file);
        }
    }

    /** Returns a folder's entries in no particular order; none if the folder does not exist. */
    public static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Deletes a folder and everything in it, if it exists. */
    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Syncs a file or folder: waits until it is on the disk. */
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
}
