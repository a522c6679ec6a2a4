package dev.apprentice.trainer.checkpoint;

import dev.apprentice.service.files.DurableFiles;
import dev.apprentice.service.storage.AlteredException;
import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.service.storage.StoredFile;
import dev.apprentice.service.storage.StoredFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run's checkpoints in an object store, each a {@link StoredFolder}. It holds the announced checkpoints: the newest two with
 * their optimizer state, older ones for as long as retention keeps them.
 */
public final class RemoteCheckpoints {

    static final String OPTIMIZER = "trainer/optimizer.safetensors";
    static final String STATE = "trainer/state.json";

    private static final Pattern FILE = Pattern.compile("(step-\\d{6,})/(.+)");

    private final ObjectStorage storage;
    private final StorageUri folder;

    /** Cache of the states that were read, which never change. */
    private final Map<String, SavedCheckpoint> known = new HashMap<>();

    /** @param folder the run's own folder */
    public RemoteCheckpoints(ObjectStorage storage, StorageUri folder) {
        this.storage = storage;
        this.folder = folder;
    }

    /** Returns the address of the checkpoint of this name. */
    StorageUri uri(String name) {
        return folder.resolve(name);
    }

    /** Returns the names of the complete checkpoints, newest first, each with whether training can resume from it. */
    Map<String, Boolean> complete() throws IOException {
        Map<String, List<String>> files = new TreeMap<>();
        for (StoredFile file : storage.list(folder)) {
            Matcher matcher = FILE.matcher(file.name());
            if (matcher.matches()) {
                files.computeIfAbsent(matcher.group(1), name -> new ArrayList<>()).add(matcher.group(2));
            }
        }
        Map<String, Boolean> complete = new TreeMap<>(Comparator.comparingInt((String name) -> StepFolder.step(name)).reversed());
        files.forEach((name, all) -> {
            if (all.contains(StoredFolder.SUMS)) {
                complete.put(name, all.contains(OPTIMIZER));
            }
        });
        return complete;
    }

    /** Writes a complete local checkpoint. On return, the object store has all of it. */
    void write(Path checkpoint) throws IOException {
        String name = checkpoint.getFileName().toString();
        known.remove(name);
        stored(name).write(checkpoint);
        forgetOlderOptimizers();
    }

    /** Deletes the optimizer state of all but the newest two, as on disk. */
    private void forgetOlderOptimizers() throws IOException {
        List<StorageUri> older = complete().entrySet().stream()
                .filter(Map.Entry::getValue)
                .skip(2)
                .map(one -> uri(one.getKey()).resolve(OPTIMIZER))
                .toList();
        storage.delete(older);
    }

    /**
     * Copies a checkpoint to this machine, under its own name. The copy is complete or absent.
     *
     * @param checkpoints the folder that receives it
     * @throws AlteredException if it is not as it was written
     */
    void fetch(String name, Path checkpoints) throws IOException {
        Path target = DurableFiles.createFolder(checkpoints).resolve(name);
        Path temporary = DurableFiles.temporaryFor(target);
        try {
            Files.createDirectories(temporary);
            stored(name).read(temporary, file -> true);
            DurableFiles.deleteTree(target); // a damaged one that was set aside
            DurableFiles.publishFolder(temporary, target);
        } finally {
            DurableFiles.deleteTree(temporary);
        }
    }

    /** Returns what is known of a checkpoint that may be absent here; empty if its state is damaged. */
    Optional<SavedCheckpoint> saved(String name, Path folderHere) throws IOException {
        SavedCheckpoint saved = known.get(name);
        if (saved == null) {
            try {
                saved = StateFile.read(stored(name).read(STATE)).saved(folderHere, uri(name).toString());
            } catch (AlteredException | DamagedCheckpointException e) {
                return Optional.empty();
            }
            known.put(name, saved);
        }
        return Optional.of(saved);
    }

    void delete(String name) throws IOException {
        known.remove(name);
        stored(name).delete();
    }

    private StoredFolder stored(String name) {
        return new StoredFolder(storage, uri(name));
    }
}
