package dev.apprentice.cli.command.model;

import dev.apprentice.local.FileTree;
import dev.apprentice.local.OnExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary folder of a command that computes in this process.
 *
 * <p>If the process is interrupted, the folder is deleted and the process ends at once with {@link Runtime#halt(int)}. A normal
 * shutdown would free PyTorch's memory while a thread still computes, and the JVM would crash.
 */
public final class ScratchFolder implements AutoCloseable {

    /** The exit status that shells give a command ended by Ctrl-C. */
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
