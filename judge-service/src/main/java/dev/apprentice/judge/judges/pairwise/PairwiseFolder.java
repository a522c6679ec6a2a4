package dev.apprentice.judge.judges.pairwise;

import dev.apprentice.contracts.Json;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.service.files.DurableFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Stores each comparison as a file in the service's home, as {@link PairwiseResult}'s JSON. */
@ApplicationScoped
class PairwiseFolder {

    private static final String ENDING = ".json";
    private static final Pattern ID = Pattern.compile("[0-9a-f]+");

    private final Path folder;

    PairwiseFolder(JudgeSettings settings) {
        this.folder = settings.home().resolve("pairwise");
    }

    Optional<PairwiseResult> read(String id) {
        return Optional.of(id)
                .filter(text -> ID.matcher(text).matches()) // never part of a path unless it is a valid id
                .map(text -> folder.resolve(text + ENDING))
                .filter(Files::exists)
                .map(PairwiseFolder::read);
    }

    List<PairwiseResult> all() {
        try {
            return DurableFiles.children(folder).stream()
                    .filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .map(PairwiseFolder::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + folder + " cannot be read", e);
        }
    }

    /** Writes a comparison atomically: a reader sees the previous version or this one. */
    void write(PairwiseResult result) {
        try {
            DurableFiles.write(folder.resolve(result.id() + ENDING), Json.MAPPER.writeValueAsBytes(result));
        } catch (IOException e) {
            throw new UncheckedIOException("comparison " + result.id() + " cannot be kept in " + folder, e);
        }
    }

    private static PairwiseResult read(Path file) {
        try {
            return Json.MAPPER.readValue(file.toFile(), PairwiseResult.class);
        } catch (IOException e) {
            throw new UncheckedIOException("comparison " + file + " cannot be read", e);
        }
    }
}
