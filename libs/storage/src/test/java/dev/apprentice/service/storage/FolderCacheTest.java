package dev.apprentice.service.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.testkit.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCacheTest {

    private static S3Server server;

    @TempDir
    Path written;

    @TempDir
    Path disk;

    private ObjectStorage storage;
    private FolderCache cache;

    @BeforeAll
    static void start() throws IOException {
        server = new S3Server();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void open() {
        StorageSettings settings = TestStorage.settings(server.endpoint(), disk);
        storage = new ObjectStorage(settings);
        cache = new FolderCache(settings);
    }

    @AfterEach
    void close() throws IOException {
        cache.close();
        storage.close();
        server.connection().comeBack();
        server.clear();
    }

    @Test
    void whatIsHereIsHeldWhileTheStoreIsAwayAndAfterARestart() throws IOException {
        StoredFolder one = folder("one", 10);
        cache.hold(one, "1", name -> true).close();
        cache.close();
        server.connection().goAway();
        FolderCache restarted = new FolderCache(TestStorage.settings(server.endpoint(), disk));
        assertThat(restarted.has(one.uri(), "1")).isTrue();
        assertThat(restarted.has(one.uri(), "2")).isFalse();
        try (FolderCache.Copy copy = restarted.hold(one, "1", name -> true)) {
            assertThat(copy.folder().resolve("weights")).hasSize(10);
        }
        restarted.close();
    }

    @Test
    void theLeastRecentlyUsedGoesWhereRoomIsNeededAndWhatIsHeldStays() throws IOException {
        StoredFolder first = folder("first", 900_000);
        StoredFolder second = folder("second", 900_000);
        StoredFolder third = folder("third", 900_000);
        try (FolderCache.Copy held = cache.hold(first, "1", name -> true)) {
            cache.hold(second, "1", name -> true).close();
            cache.hold(third, "1", name -> true).close();
            assertThat(held.folder().resolve("weights")).exists();
            assertThat(cache.has(second.uri(), "1")).isFalse();
            assertThat(cache.has(third.uri(), "1")).isTrue();
        }
        cache.hold(second, "1", name -> true).close();
        assertThat(cache.has(third.uri(), "1")).isTrue();
        assertThat(cache.has(first.uri(), "1")).isFalse();
    }

    @Test
    void whatIsLargerThanAllOfItIsRefused() throws IOException {
        assertThatThrownBy(() -> cache.hold(folder("large", 2_000_001), "1", name -> true))
                .isInstanceOf(StorageException.class)
                .hasMessageContainingAll("s3://apprentice-test/large takes 3 MB", "2 MB for copies in " + disk, "cache-megabytes");
    }

    @Test
    void whatIsDamagedLeavesNothingAndIsFetchedAnew() throws IOException {
        StoredFolder one = folder("one", 10);
        byte[] whole = server.bytes("one/weights");
        server.put("one/weights", "spoiled---".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> cache.hold(one, "1", name -> true)).isInstanceOf(AlteredException.class);
        assertThat(cache.has(one.uri(), "1")).isFalse();
        assertThat(disk.resolve("0")).isEmptyDirectory();
        server.put("one/weights", whole);
        try (FolderCache.Copy copy = cache.hold(one, "1", name -> true)) {
            copy.discard();
            assertThat(cache.has(one.uri(), "1")).isFalse();
        }
        try (FolderCache.Copy copy = cache.hold(one, "1", name -> true)) {
            assertThat(copy.folder().resolve("weights")).hasBinaryContent(whole);
        }
    }

    @Test
    void anotherInstanceHasAFolderOfItsOwn() throws IOException {
        StoredFolder one = folder("one", 10);
        cache.hold(one, "1", name -> true).close();
        FolderCache other = new FolderCache(TestStorage.settings(server.endpoint(), disk));
        assertThat(other.has(one.uri(), "1")).isFalse();
        other.close();
    }

    /**
     * The folder is written by another program: without digests, with weights in two formats, and with a sub-folder that no model
     * has.
     */
    @Test
    void aModelThatOthersPutThereIsFetchedWithTheFilesThatAreReadAndAnewWhereItHasChanged() throws IOException {
        for (String name : List.of("config.json", "model.safetensors", "pytorch_model.bin", "onnx/model.onnx")) {
            server.put("models/gpt2/" + name, name.getBytes(StandardCharsets.UTF_8));
        }
        StoredModels models = new StoredModels(storage, cache);
        Path model = models.fetch("s3://apprentice-test/models/gpt2/", true);
        assertThat(model.toFile().list()).containsExactlyInAnyOrder("config.json", "model.safetensors");
        assertThat(models.location(model)).contains("s3://apprentice-test/models/gpt2");
        String version = models.version(model).orElseThrow();
        assertThat(models.fetch("s3://apprentice-test/models/gpt2", false).toFile().list()).containsExactly("config.json");

        server.put("models/gpt2/config.json", "other".getBytes(StandardCharsets.UTF_8));
        assertThat(models.fetch("s3://apprentice-test/models/gpt2", true).resolve("config.json")).hasContent("other");
        assertThat(model.resolve("config.json")).hasContent("config.json");
        assertThat(models.version(models.fetch("s3://apprentice-test/models/gpt2", true))).isPresent().isNotEqualTo(Optional.of(version));
        server.put("models/gpt2/config.json", "config.json".getBytes(StandardCharsets.UTF_8));
        assertThat(models.version(models.fetch("s3://apprentice-test/models/gpt2", true))).contains(version);
        assertThat(models.version(written)).isEmpty();
        assertThatThrownBy(() -> models.fetch("s3://apprentice-test/models/none", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("s3://apprentice-test/models/none is not there; it was removed, or never written");
    }

    private StoredFolder folder(String name, int bytes) throws IOException {
        Path local = Files.createDirectories(written.resolve(name));
        Files.write(local.resolve("weights"), new byte[bytes]);
        StoredFolder stored = new StoredFolder(storage, TestStorage.folder(name));
        stored.write(local);
        return stored;
    }
}
