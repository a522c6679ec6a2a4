package dev.apprentice.cli.command.model;

import dev.apprentice.local.FileTree;
import dev.apprentice.local.OnExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary folder of a command that computes in this process.
 *
 * <p>A process that is ended meanwhile leaves nothing in it either. It is then ended at once, by
 * {@link Runtime#halt(int)}: the usual end takes PyTorch's memory away below the thread that computes, and the JVM would end
 * with a crash report.
 */
public final class ScratchFolder implements AutoCloseable {

    /** What shells say of a command that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    private final Path folder;
    private final OnExit cleanUp;

    private ScratchFolder(Path folder) {
        this.folder = folder;
        this.cleanUp = OnExit.perform(() -> {
            try {
                FileTree.delete(folder);
            } catch (IOException e) {
                System.err.println("The folder " + folder + " could not be removed: " + e);
            } finally {
                Runtime.getRuntime().halt(INTERRUPTED);
            }
        });
    }

    public static ScratchFolder create() throws IOException {
        return new ScratchFolder(Files.createTempDirectory("apprentice-benchmark"));
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        cleanUp.close();
        FileTree.delete(folder);
    }
}
