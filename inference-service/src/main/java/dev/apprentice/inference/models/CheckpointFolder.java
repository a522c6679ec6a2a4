package dev.apprentice.inference.models;

import dev.apprentice.service.storage.StorageUri;
import java.net.URI;
import java.nio.file.Path;

/**
 * A checkpoint's place, and the digest that its weights must have.
 *
 * @param uri the folder in Hugging Face layout: a path, a {@code file:} URI or an {@code s3:} URI
 * @param digest {@code sha256:} and the hexadecimal digest of its weights, see
 *     {@link dev.apprentice.model.folder.CheckpointFiles#weights}
 */
public record CheckpointFolder(String uri, String digest) {

    /** Tells whether it is in an object store. */
    boolean isRemote() {
        return StorageUri.isOne(uri);
    }

    /**
     * Returns its place in the object store.
     *
     * @throws CheckpointUnavailableException if the URI is not valid
     */
    StorageUri remote() {
        try {
            return StorageUri.parse(uri);
        } catch (IllegalArgumentException e) {
            throw new CheckpointUnavailableException("checkpoint " + e.getMessage(), e);
        }
    }

    /**
     * Returns its folder on disk.
     *
     * @throws CheckpointUnavailableException if this service cannot read such a URI
     */
    Path path() {
        try {
            if (uri.startsWith("file:")) {
                return Path.of(URI.create(uri));
            }
            if (!uri.contains("://")) {
                return Path.of(uri);
            }
        } catch (IllegalArgumentException e) {
            throw new CheckpointUnavailableException(
                    "checkpoint '" + uri + "' is not a folder: " + e.getMessage() + "; it must be a path, a file: URI or an s3: URI", e);
        }
        throw new CheckpointUnavailableException(
                "checkpoint '" + uri + "' is not a folder; it must be a path, a file: URI or an s3: URI");
    }
}
