package dev.apprentice.cli.client.answer;

import dev.apprentice.contracts.event.Checkpoint;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a checkpoint lies.
 *
 * @param uri as it was announced
 */
public record CheckpointLocation(String uri) {

    public static CheckpointLocation of(Checkpoint checkpoint) {
        return new CheckpointLocation(checkpoint.uri());
    }

    /** Its folder; empty where it does not lie in one of this machine. */
    public Optional<Path> folder() {
        return Optional.of(uri).filter(text -> text.startsWith("file:")).map(text -> Path.of(URI.create(text)));
    }

    /** Whether it is still there, as far as this machine can see: the trainer removes checkpoints where it shall keep few, and people do. */
    public boolean isThere() {
        return folder().map(Files::isDirectory).orElse(true);
    }

    @Override
    public String toString() {
        return folder().map(Path::toString).orElse(uri);
    }
}
