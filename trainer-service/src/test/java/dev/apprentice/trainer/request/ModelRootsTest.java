package dev.apprentice.trainer.request;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import dev.apprentice.service.storage.StorageUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRootsTest {

    @TempDir Path folder;

    private Path models;
    private Path outside;
    private ModelRoots roots;

    @BeforeEach
    void makeFolders() throws IOException {
        models = Files.createDirectory(folder.resolve("models"));
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("model.safetensors"), "x");
        roots = new ModelRoots(List.of(models.toString(), "s3://models/base"));
    }

    @Test
    void whatLiesWithinIsReadAndLinksWithinAreFollowed() throws IOException {
        Path blobs = Files.createDirectory(models.resolve("blobs"));
        Path model = Files.createDirectories(models.resolve("snapshots/gpt2"));
        Files.writeString(blobs.resolve("1"), "x");
        Files.createSymbolicLink(model.resolve("model.safetensors"), blobs.resolve("1"));
        assertThatCode(() -> roots.require(model)).doesNotThrowAnyException();
        assertThatCode(() -> roots.require(models.resolve("not-there"))).doesNotThrowAnyException(); // a later check reports it
    }

    @Test
    void whatLiesOutsideIsRefusedByAnyWay() throws IOException {
        Path link = Files.createSymbolicLink(models.resolve("link"), outside);
        Path leaky = Files.createDirectory(models.resolve("leaky"));
        Files.createSymbolicLink(leaky.resolve("config.json"), outside.resolve("model.safetensors"));
        for (Path path : List.of(outside, link, models.resolve("../outside"), folder.resolve("models-of-others"))) {
            assertThatThrownBy(() -> roots.require(path))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("model.location " + path + " leads outside the folders that models may lie in"
                            + " (apprentice.trainer.model-roots, [" + models + "]); put the model there, or name it on the hub as"
                            + " hf:organisation/name");
        }
        assertThatThrownBy(() -> roots.require(leaky)).hasMessageContaining("has a link, config.json, that leads outside");
    }

    @Test
    void anObjectStoreIsReadWithinTheUrisThatAreSet() {
        assertThatCode(() -> roots.require(StorageUri.parse("s3://models/base/gpt2"))).doesNotThrowAnyException();
        for (String outside : List.of("s3://models/base-2/gpt2", "s3://others/base/gpt2", "s3://models")) {
            assertThatThrownBy(() -> roots.require(StorageUri.parse(outside)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith("model.location " + outside + " lies outside the places that models may lie in");
        }
    }

    @Test
    void withoutASettingAnyFolderWillDo() {
        assertThatCode(() -> new ModelRoots(List.of()).require(outside)).doesNotThrowAnyException();
    }
}
