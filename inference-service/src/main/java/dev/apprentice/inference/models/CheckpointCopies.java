package dev.apprentice.inference.models;

import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.service.storage.FolderCache;
import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.service.storage.StoredFolder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Checkpoints as folders on this machine. Those in an object store are fetched and cached. */
@ApplicationScoped
public class CheckpointCopies {

    /** Maximum number of parallel downloads, so one silent store does not block the others. */
    private static final int FETCHED_AT_ONCE = 4;

    /** Folder of what only the trainer reads, such as the optimizer state. */
    private static final String TRAINERS = "trainer/";

    private final FolderCache cache;
    private final ObjectStorage storage;
    private final List<StorageUri> roots;
    private final boolean anywhere;
    private final ExecutorService fetching = Executors.newFixedThreadPool(FETCHED_AT_ONCE, task -> {
        Thread thread = new Thread(task, "checkpoint-fetching");
        thread.setDaemon(true);
        return thread;
    });

    /** A checkpoint's folder, which is not deleted before this is closed. */
    interface Copy extends AutoCloseable {

        Path folder();

        /** Deletes the folder if it was fetched, because it does not have its announced digest. */
        void discard();

        @Override
        void close();
    }

    CheckpointCopies(InferenceSettings settings, FolderCache cache, ObjectStorage storage) {
        List<String> all = settings.checkpointRoots().orElse(List.of());
        this.anywhere = all.isEmpty();
        this.roots = all.stream().filter(StorageUri::isOne).map(StorageUri::parse).toList();
        this.cache = cache;
        this.storage = storage;
    }

    /**
     * Tells whether {@link #open} works without a download.
     *
     * @throws CheckpointUnavailableException if that cannot be found out
     */
    boolean isHere(CheckpointFolder checkpoint) {
        try {
            return !checkpoint.isRemote() || cache.has(checkpoint.remote(), checkpoint.digest());
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Fetches a checkpoint. Fails like {@link #open}. */
    CompletableFuture<Void> fetch(CheckpointFolder checkpoint) {
        return CompletableFuture.runAsync(() -> open(checkpoint).close(), fetching);
    }

    /**
     * Returns the checkpoint's folder, after fetching it if necessary. A fetched folder is complete and as it was written.
     *
     * @throws CheckpointUnavailableException if its place is not allowed, or it cannot be read at the moment
     */
    Copy open(CheckpointFolder checkpoint) {
        if (!checkpoint.isRemote()) {
            return new OnDisk(checkpoint.path());
        }
        StorageUri uri = checkpoint.remote();
        if (!anywhere && roots.stream().noneMatch(root -> root.holds(uri))) {
            throw new CheckpointUnavailableException(uri + " is outside apprentice.inference.checkpoint-roots");
        }
        try {
            return new Fetched(cache.hold(
                    new StoredFolder(storage, uri), checkpoint.digest(), name -> !name.startsWith(TRAINERS)));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static CheckpointUnavailableException unavailable(IOException e) {
        return new CheckpointUnavailableException(e.getMessage(), e);
    }

    @PreDestroy
    void stop() {
        fetching.shutdownNow();
    }

    private record OnDisk(Path folder) implements Copy {

        @Override
        public void discard() {}

        @Override
        public void close() {}
    }

    private record Fetched(FolderCache.Copy copy) implements Copy {

        @Override
        public Path folder() {
            return copy.folder();
        }

        @Override
        public void discard() {
            try {
                copy.discard();
            } catch (IOException e) {
                throw unavailable(e);
            }
        }

        @Override
        public void close() {
            copy.close();
        }
    }
}
