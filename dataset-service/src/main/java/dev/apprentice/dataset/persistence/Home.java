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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The folder that everything is kept in. Several instances may share it: each dataset and each run has a lock of its own,
 * and what one instance writes for itself lies in a folder of its own, which ends with it.
 *
 * <p>An earlier version took the whole folder for itself by a lock on it; this one takes a share of that lock.
 */
@ApplicationScoped
public class Home {

    private static final Logger LOG = Logger.getLogger(Home.class);
    private static final String LOCK = "lock";

    /** For another instance that begins at this moment, and removes what ended ones left. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private FileChannel lockFile;
    private Path own;
    private SharedLock ownLock;

    Home(DatasetSettings settings) {
        this.folder = settings.home();
    }

    @PostConstruct
    void open() {
        open(PATIENCE);
    }

    void open(Duration patience) {
        try {
            DurableFiles.createFolder(folder);
            lockFile = FileChannel.open(
                    folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isShared(lockFile)) {
                lockFile.close();
                String reason = "folder " + folder + " is used by a dataset-service of an earlier version, which shares it with no"
                        + " other; end that one, or give this one a folder of its own with apprentice.dataset.home";
                LOG.error(reason); // on a line of its own: the start that fails says it deep in a trace
                throw new IllegalStateException(reason);
            }
            Optional<SharedLock> oneAtATime = SharedLock.lock(lockOf("home", LOCK), patience);
            try {
                if (oneAtATime.isPresent()) {
                    removeAbandoned();
                } else {
                    LOG.warnf("another dataset-service has been starting in folder %s for more than %d s and does not go on; what ended"
                            + " ones left there stays until the next start", folder, patience.toSeconds());
                }
                own = DurableFiles.createFolder(incoming().resolve(UUID.randomUUID().toString()));
                ownLock = SharedLock.tryLock(own.resolve(LOCK)).orElseThrow();
            } finally {
                if (oneAtATime.isPresent()) {
                    oneAtATime.get().close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "folder " + folder + " cannot be used: " + e.getMessage() + "; set apprentice.dataset.home to one that"
                            + " this process may write to",
                    e);
        }
    }

    private static boolean isShared(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock(0, Long.MAX_VALUE, true);
            return lock != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return true;
        }
    }

    /** Removes what ended instances had for themselves. */
    private void removeAbandoned() throws IOException {
        for (Path abandoned : DurableFiles.children(DurableFiles.createFolder(incoming()))) {
            if (Files.isDirectory(abandoned)) {
                removeAbandoned(abandoned);
            } else {
                Files.deleteIfExists(abandoned); // an earlier version's
            }
        }
    }

    private static void removeAbandoned(Path folder) throws IOException {
        Optional<SharedLock> ended = Files.exists(folder.resolve(LOCK)) ? SharedLock.tryLock(folder.resolve(LOCK)) : Optional.empty();
        if (ended.isPresent()) {
            DurableFiles.deleteTree(folder);
            ended.get().close();
        }
    }

    private Path incoming() {
        return folder.resolve("incoming");
    }

    /** A folder in it. */
    public Path resolve(String name) {
        return folder.resolve(name);
    }

    /** A folder for what only this instance reads. It is removed when the instance has ended. */
    public Path own() {
        return own;
    }

    /**
     * The file that stands for something that one instance at a time may change; see {@link SharedLock}.
     *
     * @param kind such as {@code runs}
     * @param name a valid name
     */
    public Path lockOf(String kind, String name) {
        return folder.resolve("locks").resolve(kind).resolve(name);
    }

    @PreDestroy
    void close() throws IOException {
        ownLock.close();
        DurableFiles.deleteTree(own);
        lockFile.close();
    }
}
