package dev.apprentice.service.storage;

import dev.apprentice.contracts.Sha256;
import dev.apprentice.service.files.DurableFiles;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A cache of folders in an object store, on this machine's disk, with a limited size. It evicts the least recently used copy that
 * is not held. A copy is complete or absent, and outlives the service.
 */
@ApplicationScoped
public class FolderCache {

    private static final int NAME_DIGITS = 32;
    private static final long MEGABYTE = 1_000_000;

    /** A copy that is not evicted before this is closed. */
    public interface Copy extends AutoCloseable {

        Path folder();

        /** Deletes the copy, because it is not what it should be. The next request fetches it again. */
        void discard() throws IOException;

        @Override
        void close();
    }

    /** One copy. Guarded by the cache, except {@code here}, which is changed under the entry's own lock. */
    private static final class Entry {
        private long bytes;
        private int holders;
        private volatile boolean here;
    }

    private final Path shared;
    private final long mostBytes;

    /** In order of use, least recently used first. Guarded by this. */
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** This process's own folder in the cache; null until it is needed. Guarded by this. */
    private Path root;

    private FileChannel lock;

    public FolderCache(StorageSettings settings) {
        this.shared = settings.cache();
        this.mostBytes = settings.cacheMegabytes() * MEGABYTE;
    }

    /** Tells whether {@link #hold} returns without a download. */
    public boolean has(StorageUri uri, String version) throws IOException {
        synchronized (this) {
            claim();
            Entry entry = entries.get(name(uri, version));
            return entry != null && entry.here;
        }
    }

    /**
     * Returns a copy, which is fetched if absent. Parallel calls for one folder fetch it once.
     *
     * @param version distinguishes it from earlier and later folders at this URI
     * @param wanted tells which files are needed, by name; always the same for this folder and version
     * @throws AlteredException if the folder is incomplete, or a file is not as it was written
     * @throws StorageException if the store cannot be reached, or the copy exceeds the room in the cache
     * @throws IOException if the disk does not take it
     */
    public Copy hold(StoredFolder folder, String version, Predicate<String> wanted) throws IOException {
        String name = name(folder.uri(), version);
        Entry entry;
        synchronized (this) {
            claim();
            entry = entries.computeIfAbsent(name, absent -> new Entry());
            entry.holders++;
        }
        try {
            synchronized (entry) {
                if (!entry.here) {
                    fetch(folder, wanted, entry, root.resolve(name));
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            release(name, entry);
            throw e;
        }
        return copy(name, entry);
    }

    private void fetch(StoredFolder folder, Predicate<String> wanted, Entry entry, Path place) throws IOException {
        makeRoom(folder.bytes(wanted), folder.uri(), entry);
        Path temporary = DurableFiles.temporaryFor(place);
        try {
            Files.createDirectories(temporary);
            folder.read(temporary, wanted);
            DurableFiles.deleteTree(place);
            DurableFiles.publishFolder(temporary, place);
            entry.here = true;
        } finally {
            DurableFiles.deleteTree(temporary);
        }
    }

    private synchronized void makeRoom(long bytes, StorageUri uri, Entry wanted) throws IOException {
        wanted.bytes = 0;
        long taken = entries.values().stream().mapToLong(entry -> entry.bytes).sum();
        Iterator<Map.Entry<String, Entry>> leastRecentFirst = entries.entrySet().iterator();
        while (taken + bytes > mostBytes && leastRecentFirst.hasNext()) {
            Map.Entry<String, Entry> old = leastRecentFirst.next();
            if (old.getValue().holders == 0) {
                DurableFiles.deleteTree(root.resolve(old.getKey()));
                taken -= old.getValue().bytes;
                leastRecentFirst.remove();
            }
        }
        if (taken + bytes > mostBytes) {
            throw new StorageException(uri + " takes " + (bytes + MEGABYTE - 1) / MEGABYTE + " MB, but of the "
                    + mostBytes / MEGABYTE + " MB for copies in " + shared + " (apprentice.storage.cache-megabytes), "
                    + taken / MEGABYTE + " MB are in use; allow more");
        }
        wanted.bytes = bytes;
    }

    private Copy copy(String name, Entry entry) {
        Path folder = root.resolve(name);
        return new Copy() {
            private boolean closed;

            @Override
            public Path folder() {
                return folder;
            }

            @Override
            public void discard() throws IOException {
                synchronized (entry) {
                    entry.here = false;
                    DurableFiles.deleteTree(folder);
                }
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    release(name, entry);
                }
            }
        };
    }

    private synchronized void release(String name, Entry entry) {
        entry.holders--;
        if (entry.holders == 0 && !entry.here) {
            entries.remove(name, entry);
        }
    }

    private static String name(StorageUri uri, String version) {
        return Sha256.start(uri + "\n" + version, NAME_DIGITS);
    }

    /** Claims a folder that no other process uses, and reads which copies an earlier process has left in it. */
    private void claim() throws IOException {
        for (int i = 0; root == null; i++) {
            Path candidate = DurableFiles.createFolder(shared.resolve(Integer.toString(i)));
            FileChannel channel = FileChannel.open(
                    shared.resolve(i + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isFree(channel)) {
                lock = channel;
                readWhatIsThere(candidate);
                root = candidate;
            } else {
                channel.close();
            }
        }
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            FileLock mine = channel.tryLock();
            return mine != null;
        } catch (OverlappingFileLockException anotherOfThisProcess) {
            return false;
        }
    }

    private void readWhatIsThere(Path folder) throws IOException {
        DurableFiles.deleteTemporary(folder);
        List<Path> oldestFirst = DurableFiles.children(folder).stream()
                .sorted(Comparator.comparingLong(path -> path.toFile().lastModified()))
                .toList();
        for (Path path : oldestFirst) {
            Entry entry = new Entry();
            try (Stream<Path> files = Files.walk(path)) {
                entry.bytes = files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
            }
            entry.here = true;
            entries.put(path.getFileName().toString(), entry);
        }
    }

    @PreDestroy
    synchronized void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
