package dev.apprentice.service.storage;

import dev.apprentice.contracts.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of an object store that is complete or counts as absent. Its last file, {@code SHA256SUMS}, holds the names and
 * digests of all others in the format of {@code sha256sum}. It is written after all others, and deleted before any of them
 * changes.
 */
public final class StoredFolder {

    public static final String SUMS = "SHA256SUMS";

    private static final String ALGORITHM = "sha256:";

    private final ObjectStorage storage;
    private final StorageUri uri;
    private final boolean ofOthers;

    /** A folder that is written with its digests. */
    public StoredFolder(ObjectStorage storage, StorageUri uri) {
        this(storage, uri, false);
    }

    private StoredFolder(ObjectStorage storage, StorageUri uri, boolean ofOthers) {
        this.storage = storage;
        this.uri = uri;
        this.ofOthers = ofOthers;
    }

    /**
     * Returns a folder that other programs have written. Its files are checked against their digests only if it has a
     * {@code SHA256SUMS}.
     */
    public static StoredFolder ofOthers(ObjectStorage storage, StorageUri uri) {
        return new StoredFolder(storage, uri, true);
    }

    /**
     * Returns the version of the folder's current contents: the digest of its {@code SHA256SUMS}, or else of the names, sizes and
     * ETags of its files.
     */
    public String version() throws StorageException {
        Map<String, StoredFile> there = files();
        if (there.containsKey(SUMS)) {
            return Sha256.of(storage.read(there.get(SUMS)));
        }
        return Sha256.of(there.values().stream()
                .map(file -> file.name() + "\n" + file.bytes() + " " + file.version() + "\n")
                .collect(Collectors.joining()));
    }

    public StorageUri uri() {
        return uri;
    }

    /**
     * Writes a folder and everything below it. Files that are already there are not written again, so writing can be retried.
     *
     * @throws StorageException if the store does not take all of it; the folder does not count as complete then
     */
    public void write(Path folder) throws IOException {
        Map<String, String> digests = digests(folder);
        byte[] sums = sumsOf(digests).getBytes(StandardCharsets.UTF_8);
        String digestOfSums = Sha256.of(sums);
        Map<String, StoredFile> there = files();
        if (there.containsKey(SUMS)) {
            if (storage.digest(uri.resolve(SUMS)).equals(Optional.of(digestOfSums)) && there.keySet().containsAll(digests.keySet())) {
                return;
            }
            storage.delete(List.of(uri.resolve(SUMS)));
        }
        for (Map.Entry<String, String> file : digests.entrySet()) {
            StorageUri target = uri.resolve(file.getKey());
            boolean same = there.containsKey(file.getKey()) && storage.digest(target).equals(Optional.of(file.getValue()));
            if (!same) {
                storage.write(folder.resolve(file.getKey()), target, file.getValue());
            }
        }
        List<StorageUri> stale = there.values().stream()
                .filter(file -> !digests.containsKey(file.name()) && !file.name().equals(SUMS))
                .map(StoredFile::uri)
                .toList();
        storage.delete(stale);
        storage.write(sums, uri.resolve(SUMS), digestOfSums);
    }

    /**
     * Copies the folder, or some of its files, to this machine, and checks every file against its digest.
     *
     * @param target an existing folder
     * @param wanted tells which files are needed, by name
     * @throws AlteredException if the folder is incomplete, or a file is not as it was written
     * @throws StorageException if the store cannot be reached
     */
    public void read(Path target, Predicate<String> wanted) throws IOException {
        Map<String, StoredFile> there = files();
        read(there, sums(there), target, wanted);
    }

    private void read(Map<String, StoredFile> there, Map<String, String> digests, Path target, Predicate<String> wanted)
            throws IOException {
        for (Map.Entry<String, String> file : digests.entrySet()) {
            if (wanted.test(file.getKey())) {
                StoredFile stored = there.get(file.getKey());
                if (stored == null) {
                    throw new AlteredException(uri + " lacks " + file.getKey() + ", which its " + SUMS + " names; write it again");
                }
                Path copy = target.resolve(file.getKey());
                Files.createDirectories(copy.getParent());
                String digest = storage.read(stored, copy);
                if (!file.getValue().isEmpty() && !digest.equals(file.getValue())) {
                    throw new AlteredException(stored.uri() + " has the digest " + digest + ", but was written with "
                            + file.getValue() + ": it was changed since; restore it, or write it again");
                }
            }
        }
    }

    /** Returns the total size of some of its files, in bytes. */
    public long bytes(Predicate<String> wanted) throws StorageException {
        return files().values().stream().filter(file -> wanted.test(file.name())).mapToLong(StoredFile::bytes).sum();
    }

    /** Returns one file's bytes, after checking them against their digest. */
    public byte[] read(String name) throws StorageException {
        Map<String, StoredFile> there = files();
        String digest = sums(there).get(name);
        if (digest == null || !there.containsKey(name)) {
            throw new AlteredException(uri + " lacks " + name + "; write it again");
        }
        byte[] bytes = storage.read(there.get(name));
        if (!Sha256.of(bytes).equals(digest)) {
            throw new AlteredException(uri.resolve(name) + " is not what was written; restore it, or write it again");
        }
        return bytes;
    }

    /** Deletes the folder. It stops counting as complete at once. */
    public void delete() throws StorageException {
        List<StorageUri> all = new ArrayList<>(files().values().stream().map(StoredFile::uri).toList());
        StorageUri sums = uri.resolve(SUMS);
        if (all.remove(sums)) {
            storage.delete(List.of(sums));
        }
        storage.delete(all);
    }

    private Map<String, StoredFile> files() throws StorageException {
        return storage.list(uri).stream()
                .collect(Collectors.toMap(StoredFile::name, file -> file, (one, other) -> other, TreeMap::new));
    }

    private Map<String, String> sums(Map<String, StoredFile> there) throws StorageException {
        if (ofOthers && !there.isEmpty() && !there.containsKey(SUMS)) {
            return there.keySet().stream().collect(Collectors.toMap(name -> name, name -> ""));
        }
        if (!there.containsKey(SUMS)) {
            throw new AlteredException(there.isEmpty()
                    ? uri + " is not there; it was removed, or never written"
                    : uri + " is not complete: it has no " + SUMS + " yet, which is written last");
        }
        Map<String, String> digests = new TreeMap<>();
        for (String line : new String(storage.read(there.get(SUMS)), StandardCharsets.UTF_8).lines().toList()) {
            String[] parts = line.split(" [ *]", 2);
            if (parts.length != 2 || !parts[0].matches("[0-9a-f]{64}") || !StorageUri.isName(parts[1])) {
                throw new AlteredException(uri.resolve(SUMS) + " has a line that is no digest and name: " + line.strip()
                        + "; write the folder again");
            }
            digests.put(parts[1], ALGORITHM + parts[0]);
        }
        return digests;
    }

    private static String sumsOf(Map<String, String> digests) {
        return digests.entrySet().stream()
                .map(file -> file.getValue().substring(ALGORITHM.length()) + "  " + file.getKey() + "\n")
                .collect(Collectors.joining());
    }

    private static Map<String, String> digests(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        Set<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).collect(Collectors.toSet());
        }
        for (Path file : files) {
            digests.put(folder.relativize(file).toString().replace('\\', '/'), Sha256.of(file));
        }
        return digests;
    }
}
