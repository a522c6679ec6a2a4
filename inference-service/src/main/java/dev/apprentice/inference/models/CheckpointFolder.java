package dev.apprentice.inference.models;

import java.net.URI;
import java.nio.file.Path;

/**
 * Which weights: where they lie, and what they must be.
 *
 * @param uri the folder in Hugging Face layout, a path or a {@code file:} URI
 * @param digest {@code sha256:} and the hexadecimal digest of its model.safetensors
 */
public record CheckpointFolder(String uri, String digest) {

    /** @throws CheckpointUnavailableException if the URI is of a kind that this service cannot read */
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
                    "checkpoint '" + uri + "' is no folder: " + e.getMessage() + "; it must be a path or a file: URI", e);
        }
        throw new CheckpointUnavailableException(
                "checkpoint '" + uri + "' does not lie in a folder; it must be a path or a file: URI");
    }
}
