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
 * The hub's cache on this machine, laid out as Python's huggingface_hub does and shared with it.
 *
 * <pre>
 * models--organisation--name/
 *   refs/main                              the commit that main was, when it was last asked for
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

    /** The state of a repository whose files a folder holds, if the folder lies in such a cache. */
    static Optional<HubReference> referenceOf(Path snapshot) {
        Matcher matcher = SNAPSHOT.matcher(snapshot.toAbsolutePath().normalize().toString().replace('\\', '/'));
        return matcher.matches()
                ? Optional.of(new HubReference(matcher.group(1).replace("--", "/"), matcher.group(2)))
                : Optional.empty();
    }

    /** What the revision was when it was last asked for, if all that is chosen of it is here. */
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

    /** Names of the files that are there, links to nowhere left out. */
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

    /** Notes which commit the revision stands for now. */
    void remember(HubReference reference, String commit) throws IOException {
        if (reference.isCommit()) {
            return;
        }
        Path ref = ref(reference);
        Files.createDirectories(ref.getParent());
        Path unfinished = ref.resolveSibling(ref.getFileName() + "." + UUID.randomUUID() + ".tmp");
        Files.writeString(unfinished, commit);
        Files.move(unfinished, ref, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gives a blob its name in the snapshot. */
    void link(HubFile file) throws IOException {
        Path pointer = snapshot(file.reference(), file.commit()).resolve(file.name());
        Path folder = Files.createDirectories(pointer.getParent());
        Path blob = blob(file);
        Files.deleteIfExists(pointer);
        try {
            Files.createSymbolicLink(pointer, folder.relativize(blob));
        } catch (FileAlreadyExistsException e) {
            // another process linked the same file of the same commit a moment ago
            return;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // disks without symbolic links, and Windows without the right to make them
            Files.copy(blob, pointer, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
