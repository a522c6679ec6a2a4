package dev.apprentice.model.hub;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Locks with flock(2), as Python's filelock does. Java's own file locks are fcntl(2) locks on Unix, and on Linux the two kinds do
 * not see each other.
 */
final class Flock {

    private static final int READ_WRITE = 2;
    private static final int EXCLUSIVE_WITHOUT_WAITING = 2 | 4;
    /** EAGAIN of Linux and of macOS, and EACCES, which some network file systems return instead. */
    private static final Set<Integer> HELD_BY_ANOTHER = Set.of(11, 35, 13);

    private Flock() {}

    private interface CLibrary extends Library {

        CLibrary INSTANCE = Native.load("c", CLibrary.class);

        int open(String path, int flags) throws LastErrorException;

        int flock(int descriptor, int operation) throws LastErrorException;

        int close(int descriptor) throws LastErrorException;
    }

    /**
     * Tries to lock an existing file.
     *
     * @return an object whose close releases the lock, or empty if another process or thread has it
     */
    static Optional<Closeable> tryLock(Path file) throws IOException {
        int descriptor;
        try {
            descriptor = CLibrary.INSTANCE.open(file.toString(), READ_WRITE);
        } catch (LastErrorException e) {
            throw failure(file, "cannot be opened for locking", e);
        }
        try {
            CLibrary.INSTANCE.flock(descriptor, EXCLUSIVE_WITHOUT_WAITING);
            return Optional.of(() -> CLibrary.INSTANCE.close(descriptor));
        } catch (LastErrorException e) {
            CLibrary.INSTANCE.close(descriptor);
            if (HELD_BY_ANOTHER.contains(e.getErrorCode())) {
                return Optional.empty();
            }
            throw failure(file, "cannot be locked", e);
        }
    }

    private static FileSystemException failure(Path file, String what, LastErrorException cause) {
        FileSystemException failure = new FileSystemException(file.toString(), null, what + ", " + cause.getMessage());
        failure.initCause(cause);
        return failure;
    }
}
