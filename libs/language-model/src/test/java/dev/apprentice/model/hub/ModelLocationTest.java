package dev.apprentice.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.json.JsonFile;
import dev.apprentice.model.lora.AdapterFolder;
import dev.apprentice.model.lora.LoraSettings;
import dev.apprentice.testkit.FakeHub;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
        try (FakeHub fake = new FakeHub().withModel("tiny-gpt2")) {
            HubSettings settings = new HubSettings(fake.endpoint(), Optional.empty(), temporary, false);

            ModelFolder folder =
                    ModelLocation.open("hf:" + FakeHub.REPOSITORY + "@v1", settings, DownloadListener.NONE);

            assertThat(folder.configuration().vocabularySize()).isEqualTo(257);
            assertThat(temporary.resolve("models--textbook--tiny/refs/v1")).hasContent(FakeHub.COMMIT);
        }
    }

    /** On another machine the model is in another folder, so PEFT requests it from the hub by repository and commit. */
    @Test
    void anAdapterOfAModelOnTheHubNamesThatByRepositoryAndCommit() throws IOException {
        Path adapter = temporary.resolve("adapter");
        try (FakeHub fake = new FakeHub().withModel("tiny-gpt2")) {
            HubSettings here = new HubSettings(fake.endpoint(), Optional.empty(), temporary.resolve("here"), false);
            HubSettings elsewhere = new HubSettings(fake.endpoint(), Optional.empty(), temporary.resolve("elsewhere"), false);
            float[] expected;
            try (LanguageModel model = LanguageModel.load(
                    ModelLocation.open("hf:" + FakeHub.REPOSITORY, here, DownloadListener.NONE))) {
                model.adapt(LoraSettings.of(2, "c_attn"));
                model.saveAdapter(adapter);
                expected = model.logits(new int[] {1, 2, 3});
            }
            JsonFile config = JsonFile.read(adapter.resolve(AdapterFolder.CONFIGURATION));
            assertThat(config.text("base_model_name_or_path")).isEqualTo(FakeHub.REPOSITORY);
            assertThat(config.text("revision")).isEqualTo(FakeHub.COMMIT);

            ModelFolder folder = ModelLocation.open(adapter.toString(), elsewhere, DownloadListener.NONE);

            assertThat(HubReference.of(folder.base().orElseThrow().path()))
                    .contains(HubReference.parse("hf:" + FakeHub.REPOSITORY + "@" + FakeHub.COMMIT));
            try (LanguageModel model = LanguageModel.load(folder)) {
                assertThat(model.logits(new int[] {1, 2, 3})).isEqualTo(expected);
            }
        }
    }

    /** A location in a store is fixed, but its model may have changed by the time the adapter is opened. */
    @Test
    void anAdapterOfAModelInAStoreNamesItsVersionAndIsNotOpenedWithAnother() {
        Path base = Fixtures.modelFolder("tiny-gpt2", temporary.resolve("fetched"));
        Path adapter = temporary.resolve("adapter");
        AtomicReference<String> version = new AtomicReference<>("sha256:one");
        ModelLocation.readFrom(new ModelStore(
                "store:tiny"::equals,
                location -> base,
                folder -> folder.equals(base) ? Optional.of("store:tiny") : Optional.empty(),
                folder -> folder.equals(base) ? Optional.of(version.get()) : Optional.empty()));
        try (LanguageModel model = LanguageModel.load(ModelLocation.open("store:tiny", DownloadListener.NONE))) {
            model.adapt(LoraSettings.of(2, "c_attn"));
            model.saveAdapter(adapter);
            JsonFile config = JsonFile.read(adapter.resolve(AdapterFolder.CONFIGURATION));
            assertThat(config.text("base_model_name_or_path")).isEqualTo("store:tiny");
            assertThat(config.text("revision")).isEqualTo("sha256:one");
            assertThat(ModelLocation.open(adapter.toString(), DownloadListener.NONE).base().orElseThrow().path()).isEqualTo(base);

            version.set("sha256:two");
            assertThatThrownBy(() -> ModelLocation.open(adapter.toString(), DownloadListener.NONE))
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith("the adapter in " + adapter + " was trained on version sha256:one of the model at store:tiny,"
                            + " but version sha256:two is there now; restore the old version");
        } finally {
            ModelLocation.readFrom(ModelStore.NONE);
        }
    }

    @Test
    void aStoreThatHasNoSuchModelIsToldFromOneThatIsAway() {
        ModelStore.Fetch none = location -> {
            throw new IllegalArgumentException(location + " is not there");
        };
        ModelStore.Fetch away = location -> {
            throw new IOException(location + " cannot be reached");
        };
        assertThatThrownBy(() -> storeOf(none).fetch("store:x"))
                .isInstanceOf(ModelException.class).hasMessage("the model cannot be used: store:x is not there");
        assertThatThrownBy(() -> storeOf(away).fetch("store:x"))
                .isInstanceOf(UncheckedIOException.class).hasMessage("store:x cannot be reached");
    }

    private static ModelStore storeOf(ModelStore.Fetch fetch) {
        return new ModelStore(location -> true, fetch, folder -> Optional.empty(), folder -> Optional.empty());
    }

    @Test
    void aLargeFilesProgressIsToldInTenthsAndASmallOnesIsNot() {
        List<String> told = new ArrayList<>();
        DownloadMessages messages = new DownloadMessages(told::add);

        messages.progress("config.json", 600, 600);
        for (long bytes = 0; bytes <= 50_000_000; bytes += 1_000_000) {
            messages.progress("model.safetensors", bytes, 50_000_000);
        }

        assertThat(told).hasSize(10)
                .startsWith("downloading model.safetensors: 5 of 50 MB")
                .endsWith("downloading model.safetensors: 50 of 50 MB");
    }

    @Test
    void aPlaceThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ModelLocation.open("no/such/folder", DownloadListener.NONE))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("no/such/folder is not a folder; ");
    }
}
