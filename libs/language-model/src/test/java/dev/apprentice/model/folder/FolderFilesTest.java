package dev.apprentice.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderFilesTest {

    private static final String[] ALL = {"config.json", "tokenizer.json", "generation_config.json", "model.safetensors"};

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void layOut() {
        folder = Fixtures.modelFolder("tiny-gpt2", temporary.resolve("tiny-gpt2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "tokenizer.json", "generation_config.json", "tokenizer_config.json", "vocab.json",
            "chat_template.jinja", "model.safetensors", "model.safetensors.index.json", "adapter_config.json"})
    void aLinkOutOfTheFolderIsRefusedAndNothingBehindItQuoted(String name) throws IOException {
        Path secret = Files.writeString(temporary.resolve("passwd"), "root:x:0:0");
        Files.deleteIfExists(folder.resolve(name));
        Files.createSymbolicLink(folder.resolve(name), secret);

        requireRefused(name);
    }

    @Test
    void aLinkToNowhereIsRefusedInTheSameWords() throws IOException {
        Files.delete(folder.resolve("config.json"));
        Files.createSymbolicLink(folder.resolve("config.json"), temporary.resolve("absent"));

        requireRefused("config.json");
    }

    @Test
    void aShardBehindALinkIsRefused() throws IOException {
        Path weights = Files.move(folder.resolve("model.safetensors"), temporary.resolve("elsewhere.safetensors"));
        Files.createSymbolicLink(folder.resolve("model-1.safetensors"), weights);
        Files.writeString(folder.resolve("model.safetensors.index.json"),
                "{\"weight_map\": {\"transformer.wte.weight\": \"model-1.safetensors\"}}");
        ModelFolder opened = ModelFolder.open(folder);

        assertThatThrownBy(opened::weights)
                .isInstanceOf(ModelException.class)
                .hasMessage(folder.resolve("model-1.safetensors")
                        + " is a symbolic link to a file outside the model's folder; copy the file itself there");
    }

    @Test
    void aFolderOfTheHubsCacheLinksToItsBlobs() throws IOException {
        Path repository = temporary.resolve("models--organisation--name");
        Path snapshot = Files.createDirectories(repository.resolve("snapshots/" + "0".repeat(40)));
        Files.createDirectories(repository.resolve("blobs"));
        for (String name : ALL) {
            Files.move(folder.resolve(name), repository.resolve("blobs/" + name + "-etag"));
            Files.createSymbolicLink(snapshot.resolve(name), Path.of("../../blobs/" + name + "-etag"));
        }

        try (ModelWeights weights = ModelFolder.open(snapshot).weights()) {
            assertThat(weights.entries()).isNotEmpty();
        }
    }

    @Test
    void theCacheOfAnotherRepositoryIsOutOfTheFolder() throws IOException {
        Path snapshot = Files.createDirectories(temporary.resolve("models--a--b/snapshots/" + "0".repeat(40)));
        for (String name : ALL) {
            Files.move(folder.resolve(name), snapshot.resolve(name));
        }
        Path other = Files.createDirectories(temporary.resolve("models--a--c/blobs"));
        Files.move(snapshot.resolve("config.json"), other.resolve("etag"));
        Files.createSymbolicLink(snapshot.resolve("config.json"), Path.of("../../../models--a--c/blobs/etag"));

        folder = snapshot;
        requireRefused("config.json");
    }

    @Test
    void theFolderItselfMayBeALinkAndItsFilesMayLinkToEachOther() throws IOException {
        Files.move(folder.resolve("config.json"), folder.resolve("config-of-mine.json"));
        Files.createSymbolicLink(folder.resolve("config.json"), Path.of("config-of-mine.json"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);

        assertThat(ModelFolder.open(link).configuration().vocabularySize()).isEqualTo(257);
    }

    private void requireRefused(String name) {
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(ModelException.class)
                .hasMessage(folder.resolve(name)
                        + " is a symbolic link to a file outside the model's folder; copy the file itself there");
    }
}
