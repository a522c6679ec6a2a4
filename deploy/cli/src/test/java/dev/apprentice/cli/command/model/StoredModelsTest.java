package dev.apprentice.cli.command.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.cli.CommandRun;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.hub.ModelLocation;
import dev.apprentice.model.hub.ModelStore;
import dev.apprentice.model.lora.LoraSettings;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that take a model work with one in an object store. */
class StoredModelsTest {

    private static final String STORE = "s3://" + S3Server.BUCKET;

    /** At most the size of the model's matrices, in bytes. */
    private static final int WEIGHTS = 20_000;

    @TempDir
    Path home;

    private S3Server server;

    @BeforeEach
    void start() throws IOException {
        server = new S3Server();
        System.setProperty("apprentice.storage.endpoint", server.endpoint().toString());
        System.setProperty("apprentice.storage.timeout", "5s");
        System.setProperty("apprentice.storage.cache", home.resolve("cache").toString());
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty("apprentice.storage.endpoint");
        System.clearProperty("apprentice.storage.timeout");
        System.clearProperty("apprentice.storage.cache");
        ModelLocation.readFrom(ModelStore.NONE);
        server.close();
    }

    @Test
    void anAdapterIsMergedAndExportedFromThereAsFromAFolderWithItsModelFromThere() throws IOException {
        Path base = Fixtures.modelFolder("tiny-llama", home.resolve("base"));
        Path adapter = home.resolve("adapter");
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(base))) {
            model.adapt(new LoraSettings(2, 8, 0, List.of("q_proj", "down_proj"), 5));
            model.saveAdapter(adapter);
        }
        put(base, "models/base");
        put(adapter, "runs/one/step-000004");
        Path configuration = adapter.resolve("adapter_config.json");
        server.put("runs/one/step-000004/adapter_config.json", Files.readString(configuration)
                .replace(base.toString(), STORE + "/models/base").getBytes(StandardCharsets.UTF_8));

        CommandRun merge = CommandRun.of(home, "merge", STORE + "/runs/one/step-000004");

        assertThat(merge.err()).isEmpty();
        assertThat(merge.out()).startsWith("Downloading " + STORE + "/runs/one/step-000004.")
                .contains("The adapter in " + STORE + "/runs/one/step-000004 and its model are now one model in ")
                .doesNotContain("cache");
        CommandRun.of(home, "merge", adapter.toString(), "--out", home.resolve("local").toString());
        assertThat(home.resolve("merged/step-000004/model.safetensors")).hasSameBinaryContentAs(home.resolve("local/model.safetensors"));
        assertThat(weights(export(STORE + "/models/base/", "stored.gguf"))).isEqualTo(weights(export(base.toString(), "local.gguf")));
    }

    @Test
    void whatIsNotThereOrCannotBeReachedIsSaidInASentence() {
        assertThat(CommandRun.of(home, "merge", STORE + "/models/none").err().strip()).isEqualTo(
                "The model cannot be used: " + STORE + "/models/none is not there; it was removed, or never written.");
        assertThat(CommandRun.of(home, "merge", "s3://Not_A_Bucket/x").err()).contains("is no place in an object store; give s3://bucket/folder");
        server.connection().goAway();
        assertThat(CommandRun.of(home, "export", STORE + "/models/none", "--out", home.resolve("a.gguf").toString()).err())
                .startsWith(STORE + "/models/none cannot be reached: the object store at " + server.endpoint())
                .doesNotContain(S3Server.SECRET);
    }

    /** Returns the bytes after the metadata, which contain the folder's name. */
    private static byte[] weights(Path gguf) throws IOException {
        byte[] all = Files.readAllBytes(gguf);
        return Arrays.copyOfRange(all, all.length - WEIGHTS, all.length);
    }

    private Path export(String model, String file) {
        Path out = home.resolve(file);
        CommandRun export = CommandRun.of(home, "export", model, "--out", out.toString());
        assertThat(export.err()).isEmpty();
        assertThat(export.out()).contains("The model in " + model.replaceAll("/$", "") + " is now in " + out + "; ");
        return out;
    }

    private void put(Path folder, String key) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                server.put(key + "/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
    }
}
