package dev.apprentice.inference.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsVerificationTest {

    /** Of the text {@code abc}, as FIPS 180-2 gives it. */
    private static final String DIGEST_OF_ABC =
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path folder;

    private final WeightsVerification verification = new WeightsVerification();

    @BeforeEach
    void writeWeights() throws IOException {
        Files.writeString(folder.resolve("model.safetensors"), "abc");
    }

    @Test
    void acceptsTheWeightsThatWereAnnounced() {
        assertThatCode(() -> verification.verify(new CheckpointFolder(folder.toString(), DIGEST_OF_ABC)))
                .doesNotThrowAnyException();
        assertThatCode(() -> verification.verify(new CheckpointFolder(folder.toUri().toString(), DIGEST_OF_ABC)))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesWeightsThatWereCutSinceTheyWereVerified() throws IOException {
        CheckpointFolder checkpoint = new CheckpointFolder(folder.toString(), DIGEST_OF_ABC);
        verification.verify(checkpoint);
        Files.writeString(folder.resolve("model.safetensors"), "ab");

        assertThatThrownBy(() -> verification.verify(checkpoint))
                .isInstanceOf(CheckpointUnavailableException.class)
                .hasMessageContainingAll("model.safetensors has the digest sha256:", DIGEST_OF_ABC, "incomplete");
    }

    @Test
    void namesTheFileThatIsMissing() {
        Path elsewhere = folder.resolve("gone");

        assertThatThrownBy(() -> verification.verify(new CheckpointFolder(elsewhere.toString(), DIGEST_OF_ABC)))
                .isInstanceOf(CheckpointUnavailableException.class)
                .hasMessageContainingAll(elsewhere.resolve("model.safetensors").toString(), "is missing");
    }

    @Test
    void refusesALocationThatIsNoFolder() {
        assertThatThrownBy(() -> verification.verify(new CheckpointFolder("s3://bucket/model", DIGEST_OF_ABC)))
                .isInstanceOf(CheckpointUnavailableException.class)
                .hasMessage("checkpoint 's3://bucket/model' does not lie in a folder; it must be a path or a file: URI");
        assertThatThrownBy(() -> verification.verify(new CheckpointFolder("file:not absolute", DIGEST_OF_ABC)))
                .isInstanceOf(CheckpointUnavailableException.class)
                .hasMessageContaining("checkpoint 'file:not absolute' is no folder");
    }
}
