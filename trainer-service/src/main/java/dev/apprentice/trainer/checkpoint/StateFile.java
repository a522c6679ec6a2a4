package dev.apprentice.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.Sha256;
import dev.apprentice.model.folder.CheckpointFiles;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The contents of a checkpoint's {@code trainer/state.json}: how far the run had come, and the digest of every other file. The
 * file also carries a checksum of its own contents.
 *
 * @param optimizerBytes size of the optimizer's state in bytes; null in files of the first version
 * @param unannounced whether the checkpoint serves only to resume the run; null for no
 * @param traces see {@link SavedCheckpoint#traces}; null for none
 * @param files digest of each file by its path in the checkpoint. Null in files of earlier versions, for which only the weights'
 *     digest and the optimizer state's size are checked
 */
record StateFile(
        TrainingState state,
        String digest,
        Instant createdAt,
        Long optimizerBytes,
        Boolean unannounced,
        List<Map<String, String>> traces,
        Map<String, String> files) {

    private static final ObjectMapper JSON = Json.MAPPER.copy().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Path PLACE = Path.of("trainer", "state.json");
    private static final String CHECKSUM = "checksum";

    static Path in(Path checkpoint) {
        return checkpoint.resolve(PLACE);
    }

    /** Returns the state of a checkpoint whose other files are all written. */
    static StateFile of(
            Path checkpoint, TrainingState state, Instant now, boolean unannounced, List<Map<String, String>> traces)
            throws IOException {
        Map<String, String> files = digests(checkpoint);
        return new StateFile(
                state,
                files.get(name(checkpoint, CheckpointFiles.weights(checkpoint))),
                now,
                Files.size(new StepFolder(checkpoint).optimizerState()),
                unannounced ? Boolean.TRUE : null,
                traces.isEmpty() ? null : traces,
                files);
    }

    private static Map<String, String> digests(Path checkpoint) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(checkpoint)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                digests.put(name(checkpoint, file), Sha256.of(file));
            }
        }
        return digests;
    }

    private static String name(Path checkpoint, Path file) {
        return checkpoint.relativize(file).toString().replace('\\', '/');
    }

    /**
     * Reads a checkpoint's state file.
     *
     * @throws DamagedCheckpointException if the file is missing, is not JSON, or is not as it was written
     * @throws IOException if the disk cannot be read at the moment
     */
    static StateFile read(Path checkpoint) throws IOException, DamagedCheckpointException {
        try {
            return read(Files.readAllBytes(in(checkpoint)));
        } catch (NoSuchFileException e) {
            throw new DamagedCheckpointException(PLACE + " is missing");
        }
    }

    /** Parses the bytes of a state file. */
    static StateFile read(byte[] bytes) throws IOException, DamagedCheckpointException {
        try {
            JsonNode json = JSON.readTree(bytes);
            JsonNode checksum = json instanceof ObjectNode object ? object.remove(CHECKSUM) : null;
            StateFile file = JSON.treeToValue(json, StateFile.class);
            boolean whole = file != null && file.state != null && file.digest != null && file.createdAt != null;
            boolean asWritten = checksum == null ? whole && file.files == null : checksum.asText().equals(checksum(json));
            if (!whole || !asWritten) {
                throw new DamagedCheckpointException(PLACE + " has changed since it was written");
            }
            return file;
        } catch (JsonProcessingException e) {
            throw new DamagedCheckpointException(PLACE + " has changed since it was written");
        }
    }

    /** Writes it atomically: the file is complete or absent. */
    void write(Path checkpoint) throws IOException {
        ObjectNode json = JSON.valueToTree(this);
        json.put(CHECKSUM, checksum(json));
        DurableFiles.write(in(checkpoint), JSON.writeValueAsBytes(json));
    }

    private static String checksum(JsonNode json) throws IOException {
        return Sha256.of(Json.MAPPER.writeValueAsBytes(json));
    }

    /**
     * Checks every file that the state names.
     *
     * @throws DamagedCheckpointException naming the first file that is missing or not as it was written
     */
    void requireIntact(Path checkpoint) throws IOException, DamagedCheckpointException {
        if (files == null) {
            Path weights = CheckpointFiles.weights(checkpoint);
            requireDigest(weights, name(checkpoint, weights), digest);
            Path optimizer = new StepFolder(checkpoint).optimizerState();
            if (optimizerBytes != null && Files.size(optimizer) != optimizerBytes) {
                throw new DamagedCheckpointException(
                        name(checkpoint, optimizer) + " has " + Files.size(optimizer) + " bytes of " + optimizerBytes);
            }
            return;
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            requireDigest(checkpoint.resolve(file.getKey()), file.getKey(), file.getValue());
        }
    }

    private static void requireDigest(Path file, String name, String digest)
            throws IOException, DamagedCheckpointException {
        if (!Files.exists(file)) {
            throw new DamagedCheckpointException(name + " is missing");
        }
        if (!Sha256.of(file).equals(digest)) {
            throw new DamagedCheckpointException(name + " has changed since it was written");
        }
    }

    boolean isUnannounced() {
        return Boolean.TRUE.equals(unannounced);
    }

    /** Returns the state of the checkpoint after its announcement. */
    StateFile announced() {
        return new StateFile(state, digest, createdAt, optimizerBytes, null, traces, files);
    }

    /**
     * Returns the checkpoint that this state describes.
     *
     * @param uri the address under which other services find it
     */
    SavedCheckpoint saved(Path checkpoint, String uri) {
        return new SavedCheckpoint(
                checkpoint, uri, state, digest, createdAt, isUnannounced(), Optional.ofNullable(traces).orElse(List.of()));
    }
}
