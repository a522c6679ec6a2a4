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
 * The folder that holds all data of this service. Several instances may share it. Each dataset and each run has a lock of its
 * own. What an instance writes for itself lies in a folder of its own, which is removed when it ends.
 *
 * <p>An earlier version locked the whole folder exclusively; this one takes that lock as a shared one.
 */
@ApplicationScoped
public class Home {

    private static final Logger LOG = Logger.getLogger(Home.class);
    private static final String LOCK = "lock";

    /** How long to wait for another instance that starts at this moment and removes what ended ones left. */
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
                LOG.error(reason); // on a line of its own, since the failed start buries it in a stack trace
                throw new IllegalStateException(reason);
            }
            Optional<SharedLock> oneAtATime = SharedLock.lock(lockOf("home", LOCK), patience);
            try {
                if (oneAtATime.isPresent()) {
                    removeAbandoned();
                } else {
                    LOG.warnf("another dataset-service has been starting in folder %s for more than %d s without finishing; leftovers of"
                            + " ended instances stay until the next start", folder, patience.toSeconds());
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

    /** Removes the folders of instances that have ended. */
    private void removeAbandoned() throws IOException {
        for (Path abandoned : DurableFiles.children(DurableFiles.createFolder(incoming()))) {
            if (Files.isDirectory(abandoned)) {
                removeAbandoned(abandoned);
            } else {
                Files.deleteIfExists(abandoned); // left by an earlier version
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

    /** Returns the path of a folder in it. */
    public Path resolve(String name) {
        return folder.resolve(name);
    }

    /** Returns the folder for what only this instance reads. It is removed when the instance has ended. */
    public Path own() {
        return own;
    }

    /** Returns the lock file for something that only one instance at a time may change; see {@link SharedLock}. */
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
