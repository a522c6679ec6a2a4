package dev.apprentice.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.event.Batch.SplitName;
import dev.apprentice.contracts.run.Training.KeepCheckpoints;
import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageException;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.testkit.BadConnection.Fault;
import dev.apprentice.testkit.S3Server;
import dev.apprentice.trainer.TestStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a run's checkpoints in an object store: with a trainer here, and with one on another machine that has none of them. */
class RemoteCheckpointsTest {

    private static final String PLACE = "s3://" + S3Server.BUCKET + "/checkpoints/one";

    private static S3Server server;

    @TempDir
    Path here;

    @TempDir
    Path elsewhere;

    private ObjectStorage storage;
    private CheckpointStore store;
    private CheckpointStore other;

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
        storage = TestStorage.at(server.endpoint());
        store = store(here);
        other = store(elsewhere);
    }

    @AfterEach
    void clear() {
        server.connection().comeBack();
        server.clear();
    }

    @Test
    void aTrainerOnAnotherMachineGoesOnFromTheNewest() throws IOException {
        saveAndShare(4);
        SavedCheckpoint shared = saveAndShare(8);
        assertThat(shared.uri()).isEqualTo(PLACE + "/step-000008");
        assertThat(shared.announcement("one", "alpaca").uri()).isEqualTo(PLACE + "/step-000008");

        SavedCheckpoint fetched = other.newest(message -> {}).orElseThrow();

        assertThat(fetched.state()).isEqualTo(shared.state());
        assertThat(fetched.uri()).isEqualTo(shared.uri());
        assertThat(fetched.folder()).isEqualTo(elsewhere.resolve("checkpoints/step-000008"));
        assertThat(fetched.folder().resolve("model.safetensors")).hasContent("weights 8");
        assertThat(fetched.optimizerState()).hasContent("moments 8");
    }

    @Test
    void theLastFileIsTheOneThatMakesItComplete() throws IOException {
        SavedCheckpoint saved = save(4);
        assertThat(server.keys()).isEmpty();
        server.connection().goAway();
        assertThatThrownBy(() -> store.share(saved))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith(PLACE + "/step-000004 cannot be reached");
        assertThatThrownBy(() -> other.newest(message -> {})).isInstanceOf(StorageException.class);
        server.connection().comeBack();
        server.connection().spoil(Fault.STATUS_500, Fault.CUT);
        store.share(saved);
        server.remove("checkpoints/one/step-000004/SHA256SUMS");
        assertThat(other.newest(message -> {})).isEmpty();
        store.share(saved);
        assertThat(other.newest(message -> {})).isPresent();
    }

    @Test
    void onlyThoseThatTrainingGoesOnFromStayHereAndRetentionRemovesTheOthersThere() throws IOException {
        for (int step : List.of(0, 4, 8, 12)) {
            saveAndShare(step);
        }
        assertThat(here.resolve("checkpoints").toFile().list()).containsExactlyInAnyOrder("step-000008", "step-000012");
        assertThat(server.keys()).filteredOn(key -> key.endsWith(RemoteCheckpoints.OPTIMIZER)).hasSize(2);
        assertThat(store.all()).extracting(saved -> saved.state().step()).containsExactly(12, 8, 4, 0);

        other.newest(message -> {});
        new CheckpointCleanup(other, Optional.of(new KeepCheckpoints(1, 0)), new NoReferences()).cleanUp();

        assertThat(other.all()).extracting(saved -> saved.state().step()).containsExactly(12, 0);
        assertThat(server.keys()).noneMatch(key -> key.contains("step-000004") || key.contains("step-000008"));
    }

    @Test
    void aDamagedOneHereIsFetchedAnewAndOneThatIsAlteredThereIsLeftForTheOneBefore() throws IOException {
        saveAndShare(4);
        SavedCheckpoint newest = saveAndShare(8);
        Files.writeString(newest.folder().resolve("model.safetensors"), "Weights 8");
        List<String> said = new ArrayList<>();
        assertThat(store.newest(said::add).orElseThrow().folder().resolve("model.safetensors")).hasContent("weights 8");
        assertThat(said).singleElement().asString().contains("model.safetensors has changed since it was written");

        server.put("checkpoints/one/step-000008/model.safetensors", "Weights 8".getBytes(StandardCharsets.UTF_8));
        said.clear();
        assertThat(other.newest(said::add).orElseThrow().state().step()).isEqualTo(4);
        assertThat(said).singleElement().asString()
                .startsWith("the checkpoint of step 8 cannot be used: " + PLACE + "/step-000008/model.safetensors has the digest");
    }

    @Test
    void thoseFromBeforeTheStoreWasSetStayHere() throws IOException {
        for (int step : List.of(0, 4)) {
            save(step);
        }
        for (int step : List.of(8, 12)) {
            saveAndShare(step);
        }
        assertThat(here.resolve("checkpoints").toFile().list())
                .containsExactlyInAnyOrder("step-000000", "step-000004", "step-000008", "step-000012");
    }

    @Test
    void whatIsForResumingAloneStaysHere() throws IOException {
        store.pause(state(4), List.of(), contents(4));
        assertThat(store.newest(message -> {}).orElseThrow().state().step()).isEqualTo(4);
        assertThat(server.keys()).isEmpty();
    }

    private CheckpointStore store(Path home) {
        return new CheckpointStore(
                home,
                InstantSource.fixed(Instant.parse("2026-01-31T09:45:00Z")),
                Optional.of(new RemoteCheckpoints(storage, StorageUri.parse(PLACE))));
    }

    private SavedCheckpoint saveAndShare(int step) throws IOException {
        SavedCheckpoint saved = save(step);
        store.share(saved);
        return saved;
    }

    private SavedCheckpoint save(int step) throws IOException {
        return store.save(state(step), List.of(), contents(step));
    }

    private static TrainingState state(int step) {
        return new TrainingState(
                step, 1, false, step, Optional.of(new BatchPosition(SplitName.TRAIN, 1, step, Optional.empty())), 4L * step, 1,
                Optional.of(1.0), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static CheckpointContents contents(int step) {
        return (folder, optimizerState) -> {
            Files.writeString(folder.resolve("model.safetensors"), "weights " + step);
            Files.writeString(optimizerState, "moments " + step);
        };
    }

    private static final class NoReferences implements RunKnowledge {

        @Override
        public boolean isAnnounced(int step) {
            return true;
        }

        @Override
        public boolean isReferredTo(int step) {
            return false;
        }

        @Override
        public Set<Integer> reported() {
            return Set.of();
        }
    }
}
