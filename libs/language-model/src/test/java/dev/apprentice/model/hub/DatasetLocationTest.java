package dev.apprentice.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import dev.apprentice.testkit.FakeHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets on the hub and their Parquet files. Here the content of each file is its name. */
class DatasetLocationTest {

    @TempDir
    Path cache;

    private FakeHub fake;

    @BeforeEach
    void start() throws IOException {
        fake = new FakeHub();
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private void has(String... names) {
        for (String name : names) {
            fake.with(name, name.getBytes(StandardCharsets.UTF_8));
        }
    }

    private List<String> fetch(String location, boolean offline) {
        Hub hub = new Hub(new HubSettings(fake.endpoint(), Optional.empty(), cache, offline));
        return DatasetLocation.fetch(location, hub, DownloadListener.NONE).stream().map(DatasetLocationTest::content).toList();
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void requireRefused(String location, String message) {
        assertThatThrownBy(() -> fetch(location, false)).isInstanceOf(ModelException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "hf:textbook/tiny, data/train-00000-of-00002.parquet data/train-00001-of-00002.parquet",
        "hf:textbook/tiny:test, data/test-00000-of-00001-4f2b.parquet",
        "hf:textbook/tiny:default/train_sft, data/train_sft-00000-of-00001.parquet",
        "hf:textbook/tiny@v1:french/validation, french/dev.parquet",
        "hf:textbook/tiny:french, french/train/part.parquet",
        "hf:textbook/tiny:converted/test, converted/test/0000.parquet converted/test/0001.parquet",
    })
    void theFilesOfASplitAreFoundByTheirNames(String location, String files) {
        has("data/train-00000-of-00002.parquet", "data/train-00001-of-00002.parquet", "data/test-00000-of-00001-4f2b.parquet",
                "data/train_sft-00000-of-00001.parquet", "french/dev.parquet", "french/train/part.parquet",
                "converted/test/0000.parquet", "converted/test/0001.parquet", "converted/train/0000.parquet", "README.md");

        assertThat(fetch(location, false)).containsExactly(files.split(" "));
        assertThat(cache.resolve("datasets--textbook--tiny/snapshots")).isDirectory();
    }

    @Test
    void withoutParquetOfItsOwnADatasetIsTakenAsTheHubConvertedIt() {
        has("alpaca.json");
        fake.once("GET /api/datasets/textbook/tiny/revision/main", exchange -> {
            has("default/train/0000.parquet"); // from now on, the listing is that of the other branch
            FakeHub.send(exchange, ("{\"sha\": \"" + FakeHub.COMMIT + "\", \"siblings\": [{\"rfilename\": \"alpaca.json\"}]}")
                    .getBytes(StandardCharsets.UTF_8), 0);
        });

        assertThat(fetch("hf:textbook/tiny", false)).containsExactly("default/train/0000.parquet");
        assertThat(fake.hubRequests()).extracting(FakeHub.Request::path)
                .contains("/api/datasets/textbook/tiny/revision/refs/convert/parquet");
        fake.close();
        assertThat(fetch("hf:textbook/tiny", true)).containsExactly("default/train/0000.parquet");
    }

    @Test
    void withoutTheHubWhatWasFetchedBeforeHasToDoButNotHalfOfIt() throws IOException {
        has("data/train-00000-of-00002.parquet", "data/train-00001-of-00002.parquet", "data/test-00000-of-00001.parquet");
        List<String> before = fetch("hf:textbook/tiny", false);
        fake.close();

        assertThat(fetch("hf:textbook/tiny", false)).isEqualTo(before);
        assertThat(fetch("hf:textbook/tiny", true)).isEqualTo(before);
        assertThatThrownBy(() -> fetch("hf:textbook/tiny:test", true)).isInstanceOf(ModelException.class)
                .hasMessage("hf:textbook/tiny is not in " + cache + ", and HF_HUB_OFFLINE forbids downloading it");
        Files.delete(cache.resolve("datasets--textbook--tiny/snapshots/" + FakeHub.COMMIT + "/data/train-00001-of-00002.parquet"));
        assertThatThrownBy(() -> fetch("hf:textbook/tiny", true)).isInstanceOf(ModelException.class);
    }

    @Test
    void aSplitOrAConfigurationThatThereIsNotIsRefusedWithThoseThereAre() {
        has("data/train-00000-of-00001.parquet", "data/test-00000-of-00001.parquet");

        requireRefused("hf:textbook/tiny:validation",
                "hf:textbook/tiny has no split 'validation'; it has test, train: name one, as in hf:textbook/tiny:default/test");
        requireRefused("hf:textbook/tiny:german/train", "hf:textbook/tiny has no configuration 'german'; it has default: name one, as in"
                + " hf:textbook/tiny:default/train");
    }

    @Test
    void ofSeveralConfigurationsOneHasToBeNamed() {
        has("french/train-00000-of-00001.parquet", "german/train-00000-of-00001.parquet");

        requireRefused("hf:textbook/tiny", "hf:textbook/tiny has several configurations; it has french, german: name one, as in"
                + " hf:textbook/tiny:french/train");
    }

    @Test
    void aSplitThatIsConvertedInPartHasToBeAskedFor() {
        has("default/partial-train/0000.parquet");

        requireRefused("hf:textbook/tiny", "hf:textbook/tiny has no split 'train'; it has partial-train: name one, as in"
                + " hf:textbook/tiny:default/partial-train");
        assertThat(fetch("hf:textbook/tiny:default/partial-train", false)).hasSize(1);
    }

    @Test
    void refusalsOfTheHubSpeakOfADataset() {
        String page = fake.endpoint() + "/datasets/textbook/tiny";
        fake.once("GET /api/datasets/", FakeHub.status(401, "X-Error-Code", "GatedRepo"));
        requireRefused("hf:textbook/tiny", "hf:textbook/tiny is gated: ask for access at " + page
                + " and set HF_TOKEN to a token of the account that was granted it");
        fake.once("GET /api/datasets/", FakeHub.status(401, "X-Error-Code", "RepoNotFound"));
        requireRefused("hf:textbook/tiny", "hf:textbook/tiny does not exist or is private: check the spelling, or set HF_TOKEN to a"
                + " token that may read it");
        fake.once("GET /api/datasets/", FakeHub.status(404, "X-Error-Code", "RepoNotFound"));
        requireRefused("hf:textbook/tiny", "hf:textbook/tiny does not exist: " + page + " was not found");
        fake.once("GET /api/datasets/textbook/tiny/revision/refs/convert/parquet", FakeHub.status(404, "X-Error-Code", "RevisionNotFound"));
        requireRefused("hf:textbook/tiny", "hf:textbook/tiny has no Parquet files, and the hub has not converted it; download its files"
                + " from " + page + " and name them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf:", "hf:textbook/tiny:", "hf:textbook/tiny:a/b/c", "hf:../tiny", "hf:textbook/tiny@:x"})
    void whatIsNotWrittenSoIsRefusedWithTheWayToWriteIt(String location) {
        requireRefused(location, "'" + location + "' is not the name of a dataset on the hub; write"
                + " hf:organisation/name[@revision][:config/split], such as hf:tatsu-lab/alpaca or hf:HuggingFaceH4/ultrachat_200k:default/train_sft");
    }
}
