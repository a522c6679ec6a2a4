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
 * What a checkpoint's {@code trainer/state.json} says: how far the run had come, and the digest of every other file. The file
 * itself carries a checksum of what it says.
 *
 * @param optimizerBytes how large the optimizer's state is; null in files of the first version
 * @param unannounced whether it is for nothing but resuming the run; null for no
 * @param traces those that led to it; null for none
 * @param files digest of each file by its path in the checkpoint; null in files of earlier versions, which checked the weights'
 *     digest and the size of the optimizer's state alone
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

    /** The state of a checkpoint all of whose other files are written. */
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
     * @throws DamagedCheckpointException if the file is gone, cannot be read as JSON, or is not as it was written
     * @throws IOException if the disk cannot be read just now
     */
    static StateFile read(Path checkpoint) throws IOException, DamagedCheckpointException {
        try {
            return read(Files.readAllBytes(in(checkpoint)));
        } catch (NoSuchFileException e) {
            throw new DamagedCheckpointException(PLACE + " is gone");
        }
    }

    /** Reads a state file's bytes. */
    static StateFile read(byte[] bytes) throws IOException, DamagedCheckpointException {
        try {
            JsonNode json = JSON.readTree(bytes);
            JsonNode checksum = json instanceof ObjectNode object ? object.remove(CHECKSUM) : null;
            StateFile file = JSON.treeToValue(json, StateFile.class);
            boolean whole = file != null && file.state != null && file.digest != null && file.createdAt != null;
            boolean asWritten = checksum == null ? whole && file.files == null : checksum.asText().equals(checksum(json));
            if (!whole || !asWritten) {
                throw new DamagedCheckpointException(PLACE + " is not as it was written");
            }
            return file;
        } catch (JsonProcessingException e) {
            throw new DamagedCheckpointException(PLACE + " is not as it was written");
        }
    }

    /** Writes it so that it is there in full or not at all. */
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
     * @throws DamagedCheckpointException naming the first that is gone or not as it was written
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
            throw new DamagedCheckpointException(name + " is gone");
        }
        if (!Sha256.of(file).equals(digest)) {
            throw new DamagedCheckpointException(name + " is not as it was written");
        }
    }

    boolean isUnannounced() {
        return Boolean.TRUE.equals(unannounced);
    }

    /** Announced: others may know of it. */
    StateFile announced() {
        return new StateFile(state, digest, createdAt, optimizerBytes, null, traces, files);
    }

    /** @param uri where others find it */
    SavedCheckpoint saved(Path checkpoint, String uri) {
        return new SavedCheckpoint(
                checkpoint, uri, state, digest, createdAt, isUnannounced(), Optional.ofNullable(traces).orElse(List.of()));
    }
}
