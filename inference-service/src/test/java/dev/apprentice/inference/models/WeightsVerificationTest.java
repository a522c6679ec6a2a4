package dev.apprentice.inference.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.inference.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsVerificationTest {

    /** Digest of the text {@code abc}, from FIPS 180-2. */
    private static final String DIGEST_OF_ABC =
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path folder;

    private final WeightsVerification verification = new WeightsVerification(TestSettings.of());

    @BeforeEach
    void writeWeights() throws IOException {
        Files.writeString(folder.resolve("model.safetensors"), "abc");
    }

    private static void verify(WeightsVerification verification, CheckpointFolder checkpoint) {
        verification.verify(checkpoint, checkpoint.path());
    }

    @Test
    void acceptsTheWeightsThatWereAnnounced() {
        assertThatCode(() -> verify(verification, new CheckpointFolder(folder.toString(), DIGEST_OF_ABC)))
                .doesNotThrowAnyException();
        assertThatCode(() -> verify(verification, new CheckpointFolder(folder.toUri().toString(), DIGEST_OF_ABC)))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesWeightsThatWereCutSinceTheyWereVerified() throws IOException {
        CheckpointFolder checkpoint = new CheckpointFolder(folder.toString(), DIGEST_OF_ABC);
        verify(verification, checkpoint);
        Files.writeString(folder.resolve("model.safetensors"), "ab");

        assertThatThrownBy(() -> verify(verification, checkpoint))
                .isInstanceOf(CheckpointUnavailableException.class)
                .hasMessageContainingAll("model.safetensors has the digest sha256:", DIGEST_OF_ABC, "incomplete");
    }

    @Test
    void namesTheFileThatIsMissing() {
        Path elsewhere = folder.resolve("gone");

        assertThatThrownBy(() -> verify(verification, new CheckpointFolder(elsewhere.toString(), DIGEST_OF_ABC)))
                .isInstanceOf(CheckpointUnavailableException.class)
                .hasMessageContainingAll(elsewhere.resolve("model.safetensors").toString(), "is missing");
    }

    @Test
    void refusesWhatCouldBeReadForEver() throws IOException {
        Path endless = Files.createDirectory(folder.resolve("endless"));
        Files.createSymbolicLink(endless.resolve("model.safetensors"), Path.of("/dev/zero"));

        assertThatThrownBy(() -> verify(verification, new CheckpointFolder(endless.toString(), DIGEST_OF_ABC)))
                .isInstanceOf(CheckpointUnavailableException.class)
                .hasMessage(endless.resolve("model.safetensors") + " is no regular file; a checkpoint's weights must be one");
    }

    @Test
    void refusesWhatLiesOutsideTheRootsThatAreSetAlsoByALink() throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        Path inside = Files.createDirectory(root.resolve("inside"));
        Files.writeString(inside.resolve("model.safetensors"), "abc");
        Path linked = Files.createDirectory(root.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        WeightsVerification bounded =
                new WeightsVerification(TestSettings.of("apprentice.inference.checkpoint-roots", root.toString()));

        assertThatCode(() -> verify(bounded, new CheckpointFolder(inside.toString(), DIGEST_OF_ABC)))
                .doesNotThrowAnyException();
        for (Path outside : List.of(folder, linked, root.resolve(".."))) {
            assertThatThrownBy(() -> verify(bounded, new CheckpointFolder(outside.toString(), DIGEST_OF_ABC)))
                    .isInstanceOf(CheckpointUnavailableException.class)
                    .hasMessageContaining("lies outside the folders of apprentice.inference.checkpoint-roots, [" + root + "]");
        }
    }

    @Test
    void remembersTheDigestsOfALimitedNumberOfFiles() throws IOException {
        for (int i = 0; i < 1_010; i++) {
            Path other = Files.createDirectory(folder.resolve("checkpoint-" + i));
            Files.writeString(other.resolve("model.safetensors"), "abc");
            verify(verification, new CheckpointFolder(other.toString(), DIGEST_OF_ABC));
        }

        assertThat(verification.remembered()).isEqualTo(1_000);
    }

    @Test
    void refusesALocationThatIsNoFolder() {
        assertThatThrownBy(() -> verify(verification, new CheckpointFolder("ftp://bucket/model", DIGEST_OF_ABC)))
                .isInstanceOf(CheckpointUnavailableException.class)
                .hasMessage("checkpoint 'ftp://bucket/model' is not a folder; it must be a path, a file: URI or an s3: URI");
        assertThatThrownBy(() -> verify(verification, new CheckpointFolder("file:not absolute", DIGEST_OF_ABC)))
                .isInstanceOf(CheckpointUnavailableException.class)
                .hasMessageContaining("checkpoint 'file:not absolute' is not a folder");
    }
}
