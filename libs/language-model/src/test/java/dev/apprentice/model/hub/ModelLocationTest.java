package dev.apprentice.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLocationTest {

    @TempDir
    Path temporary;

    @Test
    void aPathIsAFolder() {
        Path folder = Fixtures.modelFolder("tiny-gpt2", temporary.resolve("tiny-gpt2"));

        assertThat(ModelLocation.open(folder.toString(), DownloadListener.NONE).path()).isEqualTo(folder);
    }

    @Test
    void hfIsTheHub() throws IOException {
        try (FakeHub fake = new FakeHub()
                .with("config.json", Fixtures.bytes("tiny-gpt2/config.json"))
                .with("tokenizer.json", Fixtures.bytes("tokenizer.json"))
                .with("model.safetensors", Fixtures.bytes("tiny-gpt2/model.safetensors"))) {
            HubSettings settings = new HubSettings(fake.endpoint(), Optional.empty(), temporary, false);

            ModelFolder folder =
                    ModelLocation.open("hf:" + FakeHub.REPOSITORY + "@v1", settings, DownloadListener.NONE);

            assertThat(folder.configuration().vocabularySize()).isEqualTo(257);
            assertThat(temporary.resolve("models--textbook--tiny/refs/v1")).hasContent(FakeHub.COMMIT);
        }
    }

    @Test
    void aPlaceThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ModelLocation.open("no/such/folder", DownloadListener.NONE))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("no/such/folder is not a folder; ");
    }
}
