package dev.apprentice.cli.client.answer;

import dev.apprentice.contracts.event.Checkpoint;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The location of a checkpoint.
 *
 * @param uri the location as it was announced
 */
public record CheckpointLocation(String uri) {

    public static CheckpointLocation of(Checkpoint checkpoint) {
        return new CheckpointLocation(checkpoint.uri());
    }

    /** Returns the checkpoint's folder; empty if it is not a folder of this machine. */
    public Optional<Path> folder() {
        return Optional.of(uri).filter(text -> text.startsWith("file:")).map(text -> Path.of(URI.create(text)));
    }

    /**
     * Tells whether the checkpoint still exists, as far as this machine can see. The trainer removes checkpoints beyond the
     * number to keep, and people may remove any.
     */
    public boolean isThere() {
        return folder().map(Files::isDirectory).orElse(true);
    }

    @Override
    public String toString() {
        return folder().map(Path::toString).orElse(uri);
    }
}
