package dev.apprentice.dataset.persistence;

import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.service.files.DurableFiles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/**
 * The folder that everything is kept in, held by one process at a time: two that write to the same datasets would undo
 * each other's work. The lock ends with the process, however it ends.
 */
@ApplicationScoped
public class Home {

    private static final Logger LOG = Logger.getLogger(Home.class);

    private final Path folder;
    private FileChannel lockFile;

    Home(DatasetSettings settings) {
        this.folder = settings.home();
    }

    @PostConstruct
    void lock() {
        try {
            DurableFiles.createFolder(folder);
            lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(lockFile)) {
                lockFile.close();
                String reason = "folder " + folder + " is used by another dataset-service; end that one, or give this one a"
                        + " folder of its own with apprentice.dataset.home";
                LOG.error(reason); // on a line of its own: the start that fails says it deep in a trace
                throw new IllegalStateException(reason);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "folder " + folder + " cannot be used: " + e.getMessage() + "; set apprentice.dataset.home to one that"
                            + " this process may write to",
                    e);
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    /** A folder in it. */
    public Path resolve(String name) {
        return folder.resolve(name);
    }

    @PreDestroy
    void unlock() throws IOException {
        lockFile.close();
    }
}
