package dev.apprentice.local.system;

import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two commands from starting or ending one system at the same time. */
final class SystemLock implements AutoCloseable {

    private final FileChannel channel;

    private SystemLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws CommandException when another command holds it */
    static SystemLock take(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new CommandException(
                    "Another `apprentice` command is starting or ending the system in "
                            + file.getParent().getParent() + "; wait for it and try again.");
        }
        return new SystemLock(channel);
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
