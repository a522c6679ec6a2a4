package dev.apprentice.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.Batch.SplitName;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-31T09:45:00.123Z");

    @TempDir
    Path run;

    private CheckpointStore store;

    @BeforeEach
    void open() {
        store = new CheckpointStore(run, InstantSource.fixed(NOW));
    }

    @Test
    void bringsBackWhatWasSaved() throws IOException {
        TrainingState state = state(116);
        store.save(state, List.of(), contents("weights", "moments"));

        SavedCheckpoint newest = store.newest().orElseThrow();
        assertThat(newest.state()).isEqualTo(state);
        assertThat(newest.folder()).isEqualTo(run.resolve("checkpoints/step-000116"));
        assertThat(newest.createdAt()).isEqualTo(NOW);
        // printf weights | sha256sum
        assertThat(newest.digest())
                .isEqualTo("sha256:9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c");
        assertThat(newest.optimizerState()).hasContent("moments");
    }

    @Test
    void keepsTheTracesThatLedToIt() throws IOException {
        List<Map<String, String>> traces = List.of(Map.of("traceparent", "00-1-1-01", "tracestate", "a=b"), Map.of());
        store.save(state(4), traces, contents("weights", "moments"));
        assertThat(store.newest().orElseThrow().traces()).isEqualTo(traces);
    }

    @Test
    void hasNothingBeforeTheFirst() throws IOException {
        assertThat(store.newest()).isEmpty();
    }

    @Test
    void takesTheHighestStepAsTheNewest() throws IOException {
        store.save(state(999_999), List.of(), contents("a", "b"));
        store.save(state(1_000_000), List.of(), contents("c", "d"));
        assertThat(store.newest().orElseThrow().state().step()).isEqualTo(1_000_000);
    }

    @Test
    void keepsOlderWeightsButNotTheirOptimizerState() throws IOException {
        store.save(state(1), List.of(), contents("a", "b"));
        store.save(state(2), List.of(), contents("c", "d"));
        assertThat(run.resolve("checkpoints/step-000001/model.safetensors")).hasContent("a");
        assertThat(run.resolve("checkpoints/step-000001/trainer/optimizer.safetensors")).doesNotExist();
        assertThat(run.resolve("checkpoints/step-000002/trainer/optimizer.safetensors")).hasContent("d");
    }

    @Test
    void leavesNothingOfACheckpointThatCouldNotBeWritten() throws IOException {
        store.save(state(1), List.of(), contents("a", "b"));
        assertThatThrownBy(() -> store.save(state(2), List.of(), (folder, optimizerState) -> {
                    Files.writeString(folder.resolve("model.safetensors"), "half");
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");
        assertThat(checkpoints()).containsExactly("step-000001");
        assertThat(store.newest().orElseThrow().state().step()).isEqualTo(1);
    }

    @Test
    void neverReadsAHalfWrittenOneAndCleansItAway() throws IOException {
        store.save(state(1), List.of(), contents("a", "b"));
        Path half = DurableFiles.temporaryFor(run.resolve("checkpoints/step-000002"));
        Files.createDirectories(half.resolve("trainer"));
        Files.writeString(half.resolve("model.safetensors"), "half");
        assertThat(store.newest().orElseThrow().state().step()).isEqualTo(1);
        store.cleanUp();
        assertThat(checkpoints()).containsExactly("step-000001");
    }

    @Test
    void passesOverWeightsThatAreNotTheOnesWritten() throws IOException {
        store.save(state(1), List.of(), contents("a", "b"));
        Files.writeString(run.resolve("checkpoints/step-000001/model.safetensors"), "flipped");
        assertThat(store.newest()).isEmpty();
    }

    @Test
    void replacesADamagedOneOfTheSameStep() throws IOException {
        store.save(state(1), List.of(), contents("a", "b"));
        Files.writeString(run.resolve("checkpoints/step-000001/model.safetensors"), "flipped");
        store.save(state(1), List.of(), contents("a", "b"));
        assertThat(run.resolve("checkpoints/step-000001/model.safetensors")).hasContent("a");
        assertThat(store.newest()).isPresent();
    }

    @Test
    void doesNotTouchTheSameCheckpointAgainBecauseSomebodyMayBeReadingIt() throws IOException {
        store.save(state(1), List.of(), contents("a", "b"));
        Object file = Files.readAttributes(run.resolve("checkpoints/step-000001/model.safetensors"), "unix:ino");
        SavedCheckpoint again = new CheckpointStore(run, InstantSource.fixed(NOW.plusSeconds(60)))
                .save(state(1), List.of(), contents("a", "b"));
        assertThat(again.createdAt()).isEqualTo(NOW);
        assertThat(Files.readAttributes(run.resolve("checkpoints/step-000001/model.safetensors"), "unix:ino"))
                .isEqualTo(file);
    }

    @Test
    void passesOverAnOptimizerStateThatIsCutShort() throws IOException {
        store.save(state(1), List.of(), contents("a", "moments"));
        Files.writeString(run.resolve("checkpoints/step-000001/trainer/optimizer.safetensors"), "mom");
        assertThat(store.newest()).isEmpty();
    }

    @Test
    void takesTheAdapterForTheWeightsWhereThereAreNoOthers() throws IOException {
        SavedCheckpoint saved = store.save(state(1), List.of(), (folder, optimizerState) -> {
            Files.writeString(folder.resolve("adapter_model.safetensors"), "weights");
            Files.writeString(optimizerState, "moments");
        });
        assertThat(saved.digest())
                .isEqualTo("sha256:9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c");
        assertThat(store.newest()).contains(saved);
    }

    @Test
    void goesOnFromWhereItWasLaidDownAndForgetsThatPlaceAtTheNextCheckpoint() throws IOException {
        store.save(state(4), List.of(), contents("a", "b"));
        store.layDown(state(5), List.of(), contents("c", "d"));
        SavedCheckpoint laidDown = store.newest().orElseThrow();
        assertThat(laidDown.state().step()).isEqualTo(5);
        assertThat(laidDown.unannounced()).isTrue();
        store.save(state(8), List.of(), contents("e", "f"));
        assertThat(checkpoints()).containsExactly("step-000004", "step-000008");
        assertThat(store.newest().orElseThrow().unannounced()).isFalse();
    }

    @Test
    void whatWasLaidDownAndIsToBeKnownAfterAllStays() throws IOException {
        store.save(state(4), List.of(), contents("a", "b"));
        store.layDown(state(5), List.of(), contents("c", "d"));
        assertThat(store.newestAnnounced()).isEqualTo(4);
        assertThat(store.save(state(5).asLast(), List.of(), contents("c", "d")).state().last()).isTrue();
        assertThat(store.newestAnnounced()).isEqualTo(5);
        store.save(state(8), List.of(), contents("e", "f"));
        assertThat(checkpoints()).containsExactly("step-000004", "step-000005", "step-000008");
    }

    @Test
    void removesACheckpointWhole() throws IOException {
        store.save(state(1), List.of(), contents("a", "b"));
        store.save(state(2), List.of(), contents("c", "d"));
        store.delete(store.all().get(1));
        assertThat(checkpoints()).containsExactly("step-000002");
    }

    @Test
    void goesOnFromACheckpointOfTheFirstVersion() throws IOException {
        store.save(state(1), List.of(), contents("a", "b"));
        Path json = run.resolve("checkpoints/step-000001/trainer/state.json");
        String now = Files.readString(json);
        String then = now.replaceAll(",\\s*\"optimizerBytes\" : \\d+", "");
        assertThat(then).isNotEqualTo(now);
        Files.writeString(json, then);
        assertThat(store.newest().orElseThrow().state()).isEqualTo(state(1));
    }

    private static CheckpointContents contents(String weights, String optimizer) {
        return (folder, optimizerState) -> {
            Files.writeString(folder.resolve("model.safetensors"), weights);
            Files.writeString(optimizerState, optimizer);
        };
    }

    private static TrainingState state(int step) {
        return new TrainingState(
                step,
                1,
                false,
                step + 7L,
                Optional.of(new Place(SplitName.TRAIN, 1, step - 1, Optional.of(2_000_000))),
                step * 100L,
                123,
                Optional.of(0.25),
                Optional.empty());
    }

    private List<String> checkpoints() throws IOException {
        try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
