package dev.apprentice.inference.models;

import dev.apprentice.contracts.Sha256;
import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.model.folder.CheckpointFiles;
import dev.apprentice.service.storage.StorageUri;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Verifies that a checkpoint's weights have their announced digest.
 *
 * <p>A file's digest is cached until its size or modification time changes, so loading a model again needs no second hash.
 */
@ApplicationScoped
public class WeightsVerification {

    /** Whether checkpoints must lie in the roots. */
    private final boolean bounded;

    private final List<Path> roots;

    private record Version(Path file, long size, FileTime changed) {}

    /** Maximum number of cached digests, more than are ever needed at once; the least recently used are evicted. */
    private static final int MOST_KNOWN = 1_000;

    private final Map<Path, Map.Entry<Version, String>> known =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Path, Map.Entry<Version, String>> eldest) {
                    return size() > MOST_KNOWN;
                }
            });

    WeightsVerification(InferenceSettings settings) {
        List<String> all = settings.checkpointRoots().orElse(List.of());
        bounded = !all.isEmpty();
        roots = all.stream().filter(root -> !StorageUri.isOne(root)).map(Path::of).toList();
    }

    /** Returns the number of cached digests. */
    int remembered() {
        return known.size();
    }

    /**
     * Verifies a checkpoint's weights.
     *
     * @param folder the checkpoint's folder on this machine
     * @throws CheckpointUnavailableException if the weights are missing, unreadable, outside the roots, or have another digest
     */
    void verify(CheckpointFolder checkpoint, Path folder) {
        Path weights = CheckpointFiles.weights(folder);
        if (!checkpoint.isRemote()) {
            requireWithinRoots(weights);
        }
        String digest = digest(weights);
        if (!digest.equals(checkpoint.digest())) {
            throw new CheckpointUnavailableException(weights + " has the digest " + digest + ", but " + checkpoint.digest()
                    + " was announced: the file is incomplete or was changed; restore it or train the checkpoint again");
        }
    }

    private void requireWithinRoots(Path weights) {
        try {
            if (bounded && Files.exists(weights)) {
                Path real = weights.toRealPath();
                for (Path root : roots) {
                    if (Files.isDirectory(root) && real.startsWith(root.toRealPath())) {
                        return;
                    }
                }
                throw new CheckpointUnavailableException(
                        weights + " lies outside the folders of apprentice.inference.checkpoint-roots, " + roots);
            }
        } catch (IOException e) {
            throw new CheckpointUnavailableException(weights + " cannot be read: " + e, e);
        }
    }

    private String digest(Path weights) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(weights, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) { // reading a device or a pipe may never end
                throw new CheckpointUnavailableException(weights + " is no regular file; a checkpoint's weights must be one");
            }
            Version version = new Version(weights, attributes.size(), attributes.lastModifiedTime());
            Map.Entry<Version, String> before = known.get(weights);
            if (before != null && before.getKey().equals(version)) {
                return before.getValue();
            }
            String digest = Sha256.of(weights);
            known.put(weights, Map.entry(version, digest));
            return digest;
        } catch (NoSuchFileException e) {
            throw new CheckpointUnavailableException(
                    weights + " is missing; make the trainer's folder reachable under this path", e);
        } catch (IOException e) {
            throw new CheckpointUnavailableException(weights + " cannot be read: " + e, e);
        }
    }
}
