package dev.apprentice.model.folder;

import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps a model folder's files within it. A symbolic link that leads out of it is refused, so that a model from elsewhere cannot
 * cause other files to be read, copied or quoted. Folders of the hub's cache may link to the blobs of their repository:
 *
 * <pre>
 * models--organisation--name/snapshots/COMMIT/config.json  -> ../../blobs/ETAG
 * </pre>
 */
final class FolderFiles {

    private FolderFiles() {}

    /** @throws ModelException if the file is a link that leads out of the folder, or to no file */
    static void requireWithin(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isSymbolicLink(file)) {
            return;
        }
        try {
            if (file.toRealPath().startsWith(root(folder.toRealPath()))) {
                return;
            }
        } catch (IOException e) {
            // a broken link gets the message of other refused links, which does not reveal what exists
        }
        throw new ModelException(file + " is a symbolic link to a file outside the model's folder; copy the file itself there");
    }

    private static Path root(Path folder) {
        Path snapshots = folder.getParent();
        Path repository = snapshots == null ? null : snapshots.getParent();
        boolean cached = repository != null
                && snapshots.endsWith("snapshots")
                && repository.getFileName() != null
                && repository.getFileName().toString().startsWith("models--");
        return cached ? repository : folder;
    }
}
