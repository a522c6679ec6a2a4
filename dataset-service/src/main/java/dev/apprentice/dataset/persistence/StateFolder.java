package dev.apprentice.dataset.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import dev.apprentice.contracts.Json;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Small JSON files in a folder, each written atomically.
 *
 * <p>A damaged file is renamed and counts as absent. Otherwise every attempt to read it would fail and hold up the work that
 * follows.
 */
public final class StateFolder {

    /** Suffix of the name of a damaged file. */
    public static final String DAMAGED = ".damaged";

    private static final Logger LOG = Logger.getLogger(StateFolder.class);

    private final Path folder;

    public StateFolder(Path folder) {
        this.folder = folder;
    }

    /** Returns a file's content; empty if the file is absent or damaged. */
    public <T> Optional<T> read(String file, Class<T> type) throws IOException {
        return read(file, (Type) type);
    }

    /** Returns a file's content; empty if the file is absent or damaged. */
    public <T> Optional<T> read(String file, TypeReference<T> type) throws IOException {
        return read(file, type.getType());
    }

    private <T> Optional<T> read(String file, Type type) throws IOException {
        Path path = folder.resolve(file);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        JavaType as = Json.MAPPER.constructType(type);
        try {
            T content = Json.MAPPER.readValue(path.toFile(), as);
            if (content != null) {
                return Optional.of(content);
            }
            setAside(path, "it says null");
        } catch (JsonProcessingException e) {
            setAside(path, e.getOriginalMessage());
        }
        return Optional.empty();
    }

    private static void setAside(Path path, String reason) throws IOException {
        Path damaged = path.resolveSibling(path.getFileName() + DAMAGED);
        DurableFiles.moveIntoPlace(path, damaged);
        LOG.errorf("file %s is damaged (%s); it is renamed to %s and counts as absent", path, reason, damaged);
    }

    /** Tells whether a damaged file of this name was renamed. */
    public boolean isDamaged(String file) {
        return Files.exists(folder.resolve(file + DAMAGED));
    }

    /** Writes a file or replaces it; on disk when this returns. */
    public void write(String file, Object content) throws IOException {
        DurableFiles.write(folder.resolve(file), Json.MAPPER.writeValueAsBytes(content));
    }

    /** Deletes a file if it exists. */
    public void delete(String file) throws IOException {
        Files.deleteIfExists(folder.resolve(file));
    }
}
