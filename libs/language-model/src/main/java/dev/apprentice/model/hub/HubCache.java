package dev.apprentice.model.hub;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hub's cache on this machine, with the layout of Python's huggingface_hub and shared with it.
 *
 * <pre>
 * models--organisation--name/
 *   refs/main                              the commit of main at the last request
 *   blobs/ETAG                             a file's contents
 *   snapshots/COMMIT/model.safetensors  -> ../../blobs/ETAG
 * .locks/models--organisation--name/ETAG.lock
 * datasets--organisation--name/            a dataset, likewise
 * </pre>
 *
 * @param root {@code ~/.cache/huggingface/hub}, unless HF_HUB_CACHE or HF_HOME say otherwise
 * @see <a href="https://huggingface.co/docs/huggingface_hub/guides/manage-cache">the cache</a>
 */
record HubCache(Path root) {

    private static final Pattern SNAPSHOT = Pattern.compile(".*/models--([^/]+)/snapshots/([0-9a-f]{40})");

    Path blob(HubFile file) {
        return folder(file.reference()).resolve("blobs").resolve(file.etag());
    }

    Path lock(HubFile file) {
        return root.resolve(".locks").resolve(folderName(file.reference())).resolve(file.etag() + ".lock");
    }

    Path snapshot(HubReference reference, String commit) {
        return folder(reference).resolve("snapshots").resolve(commit);
    }

    private Path folder(HubReference reference) {
        return root.resolve(folderName(reference));
    }

    private static String folderName(HubReference reference) {
        return reference.kind().plural() + "--" + reference.repository().replace("/", "--");
    }

    /** Returns the model and commit of a snapshot folder; empty if the folder is not in such a cache. */
    static Optional<HubReference> referenceOf(Path snapshot) {
        Matcher matcher = SNAPSHOT.matcher(snapshot.toAbsolutePath().normalize().toString().replace('\\', '/'));
        return matcher.matches()
                ? Optional.of(new HubReference(matcher.group(1).replace("--", "/"), matcher.group(2)))
                : Optional.empty();
    }

    /** Returns the snapshot of the revision's last known commit, if all chosen files are in it. */
    Optional<Path> lastSnapshot(HubReference reference, FileChoice choice) throws IOException {
        Path ref = ref(reference);
        String commit = reference.revision();
        if (!reference.isCommit()) {
            if (!Files.isRegularFile(ref)) {
                return Optional.empty();
            }
            commit = Files.readString(ref).strip();
        }
        Path snapshot = snapshot(reference, commit);
        return choice.complete(names(snapshot)) ? Optional.of(snapshot) : Optional.empty();
    }

    /** Returns the names of the files in a snapshot, without broken links. */
    static List<String> names(Path snapshot) throws IOException {
        if (!Files.isDirectory(snapshot)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(snapshot)) {
            return files.filter(Files::isRegularFile).map(file -> snapshot.relativize(file).toString().replace('\\', '/')).toList();
        }
    }

    private Path ref(HubReference reference) {
        return folder(reference).resolve("refs").resolve(reference.revision());
    }

    /** Stores the commit that the revision refers to now. */
    void remember(HubReference reference, String commit) throws IOException {
        if (reference.isCommit()) {
            return;
        }
        Path ref = ref(reference);
        Files.createDirectories(ref.getParent());
        Path unfinished = ref.resolveSibling(ref.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(unfinished, commit);
            Files.move(unfinished, ref, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Links a blob under its name in the snapshot. */
    void link(HubFile file) throws IOException {
        Path pointer = snapshot(file.reference(), file.commit()).resolve(file.name());
        Path folder = Files.createDirectories(pointer.getParent());
        Path blob = blob(file);
        Files.deleteIfExists(pointer);
        try {
            Files.createSymbolicLink(pointer, folder.relativize(blob));
        } catch (FileAlreadyExistsException e) {
            // another process has just linked this file of this commit
            return;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // disks without symbolic links, and Windows without the permission to create them
            Files.copy(blob, pointer, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
