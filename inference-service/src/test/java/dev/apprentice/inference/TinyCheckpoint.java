package dev.apprentice.inference;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Prompt;
import dev.apprentice.contracts.event.PromptBuilder;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** A small model on disk, and the events that a trainer and a dataset service would publish about it. */
public record TinyCheckpoint(Path folder, String location, String digest) {

    /** Returns a pretrained checkpoint with a context of 512 tokens; one byte is one token. */
    public static final int CONTEXT = 512;

    public static TinyCheckpoint pretrained(Path folder) {
        return of(Fixtures.modelFolder("tiny-gpt2", folder));
    }

    /** Returns a checkpoint of the same shape with random weights. */
    public static TinyCheckpoint random(Path folder, long seed) {
        Fixtures.modelFolder("tiny-gpt2", folder);
        try (LanguageModel model = LanguageModel.initialise(ModelFolder.open(folder), seed)) {
            model.save(folder);
        }
        return of(folder);
    }

    private static TinyCheckpoint of(Path folder) {
        try {
            byte[] weights = Files.readAllBytes(folder.resolve("model.safetensors"));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(weights);
            return new TinyCheckpoint(folder, folder.toString(), "sha256:" + HexFormat.of().formatHex(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns this checkpoint with another address. */
    public TinyCheckpoint at(String place) {
        return new TinyCheckpoint(folder, place, digest);
    }

    public Checkpoint announced(String run, int step, Instant createdAt) {
        return new Checkpoint(run, step, 1, false, location, digest, Optional.empty(), Optional.empty(), 0, 0,
                "alpaca", createdAt);
    }

    /** Returns question {@code index} of {@code of}, of which only the model's input text matters. */
    public Prompt prompt(String run, int step, int index, int of, String text, int maxNewTokens) {
        return PromptBuilder.builder()
                .run(run)
                .step(step)
                .example("example-" + index)
                .index(index)
                .of(of)
                .checkpoint(location)
                .digest(digest)
                .prompt(text)
                .instruction("instruction " + index)
                .input("")
                .output("output " + index)
                .maxNewTokens(maxNewTokens)
                .build();
    }
}
