package dev.apprentice.inference.models;

import dev.apprentice.service.storage.StorageUri;
import java.net.URI;
import java.nio.file.Path;

/**
 * Which weights: where they lie, and what they must be.
 *
 * @param uri the folder in Hugging Face layout, a path, a {@code file:} URI or an {@code s3:} URI
 * @param digest {@code sha256:} and the hexadecimal digest of its model.safetensors
 */
public record CheckpointFolder(String uri, String digest) {

    /** Whether it lies in an object store. */
    boolean isRemote() {
        return StorageUri.isOne(uri);
    }

    /** Its place in the object store. @throws CheckpointUnavailableException if it can be none */
    StorageUri remote() {
        try {
            return StorageUri.parse(uri);
        } catch (IllegalArgumentException e) {
            throw new CheckpointUnavailableException("checkpoint " + e.getMessage(), e);
        }
    }

    /** Its folder on disk. @throws CheckpointUnavailableException if the URI is of a kind that this service cannot read */
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
                    "checkpoint '" + uri + "' is no folder: " + e.getMessage() + "; it must be a path, a file: URI or an s3: URI", e);
        }
        throw new CheckpointUnavailableException(
                "checkpoint '" + uri + "' does not lie in a folder; it must be a path, a file: URI or an s3: URI");
    }
}
