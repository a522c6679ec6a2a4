package dev.apprentice.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Batch.SplitName;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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

        SavedCheckpoint newest = newest().orElseThrow();
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
        assertThat(newest().orElseThrow().traces()).isEqualTo(traces);
    }

    @Test
    void hasNothingBeforeTheFirst() throws IOException {
        assertThat(newest()).isEmpty();
    }

    @Test
    void takesTheHighestStepAsTheNewest() throws IOException {
        store.save(state(999_999), List.of(), contents("a", "b"));
        store.save(state(1_000_000), List.of(), contents("c", "d"));
        assertThat(newest().orElseThrow().state().step()).isEqualTo(1_000_000);
    }

    @Test
    void keepsOlderWeightsButTheOptimizerStateOfTheNewestTwoOnly() throws IOException {
        store.save(state(1), List.of(), contents("a", "b"));
        store.save(state(2), List.of(), contents("c", "d"));
        store.save(state(3), List.of(), contents("e", "f"));
        assertThat(run.resolve("checkpoints/step-000001/model.safetensors")).hasContent("a");
        assertThat(run.resolve("checkpoints/step-000001/trainer/optimizer.safetensors")).doesNotExist();
        assertThat(run.resolve("checkpoints/step-000002/trainer/optimizer.safetensors")).hasContent("d");
        assertThat(run.resolve("checkpoints/step-000003/trainer/optimizer.safetensors")).hasContent("f");
    }

    /** Flips one bit in every fifth byte of each file, one at a time, as a failing disk may. */
    @Test
    void aFlippedBitInAnyFileSetsTheCheckpointAsideAndTheOneBeforeIsUsed() throws IOException {
        List<String> names = List.of(
                "model.safetensors", "config.json", "tokenizer.json", "trainer/optimizer.safetensors", "trainer/state.json");
        store.save(state(4), List.of(), contents("a", "b"));
        store.save(state(8), List.of(), (folder, optimizerState) -> {
            contents("c", "d").write(folder, optimizerState);
            Files.writeString(folder.resolve("config.json"), "{}");
            Files.writeString(folder.resolve("tokenizer.json"), "[]");
        });
        Path newest = run.resolve("checkpoints/step-000008");
        for (String name : names) {
            byte[] whole = Files.readAllBytes(newest.resolve(name));
            for (int at = 0; at < whole.length; at += 5) {
                byte[] damaged = whole.clone();
                damaged[at] ^= 1;
                if (!isBlank(whole[at])) { // white space between the fields of state.json has no meaning
                    Files.write(newest.resolve(name), damaged);
                    List<String> said = new ArrayList<>();
                    assertThat(store.newest(said::add).orElseThrow().state().step()).as("%s, byte %d", name, at).isEqualTo(4);
                    assertThat(said).containsExactly("the checkpoint of step 8 is damaged (" + name
                            + " has changed since it was written) and was moved to " + newest.resolve("trainer.damaged"));
                    Files.move(newest.resolve("trainer.damaged"), newest.resolve("trainer"));
                    Files.write(newest.resolve(name), whole);
                }
            }
        }
        assertThat(newest().orElseThrow().state().step()).isEqualTo(8);
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\n';
    }

    @Test
    void aFileThatIsGoneSetsTheCheckpointAsideToo() throws IOException {
        store.save(state(4), List.of(), contents("a", "b"));
        store.save(state(8), List.of(), contents("c", "d"));
        Files.delete(run.resolve("checkpoints/step-000008/trainer/state.json"));
        List<String> said = new ArrayList<>();
        assertThat(store.newest(said::add).orElseThrow().state().step()).isEqualTo(4);
        assertThat(said).singleElement().asString().contains("step 8", "trainer/state.json is missing");
        assertThat(store.newestAnnounced()).isEqualTo(4);
    }

    @Test
    void whatWasSetAsideIsReplacedWhenTrainingComesToThatStepAgain() throws IOException {
        store.save(state(4), List.of(), contents("a", "b"));
        store.save(state(8), List.of(), contents("c", "d"));
        Files.writeString(run.resolve("checkpoints/step-000008/trainer/optimizer.safetensors"), "e");
        assertThat(newest().orElseThrow().state().step()).isEqualTo(4);
        assertThat(run.resolve("checkpoints/step-000008/model.safetensors")).hasContent("c"); // an exam may be reading it
        store.save(state(8), List.of(), contents("c", "d"));
        assertThat(newest().orElseThrow().state().step()).isEqualTo(8);
        assertThat(run.resolve("checkpoints/step-000008/trainer.damaged")).doesNotExist();
    }

    @Test
    void aDamagedStateOfAnOlderCheckpointHoldsNothingUp() throws IOException {
        store.save(state(1), List.of(), contents("a", "b"));
        store.save(state(2), List.of(), contents("c", "d"));
        Files.writeString(run.resolve("checkpoints/step-000001/trainer/state.json"), "{\"state\": {\"step\"");
        assertThat(store.all()).extracting(checkpoint -> checkpoint.state().step()).containsExactly(2);
        store.save(state(3), List.of(), contents("e", "f"));
        assertThat(newest().orElseThrow().state().step()).isEqualTo(3);
    }

    @Test
    void whatIsAnnouncedWithoutBeingWrittenAgainIsKept() throws IOException {
        store.pause(state(5), List.of(), contents("c", "d"));
        store.announced(newest().orElseThrow());
        store.save(state(8), List.of(), contents("e", "f"));
        assertThat(checkpoints()).containsExactly("step-000005", "step-000008");
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
        assertThat(newest().orElseThrow().state().step()).isEqualTo(1);
    }

    @Test
    void neverReadsAHalfWrittenOneAndCleansItAway() throws IOException {
        store.save(state(1), List.of(), contents("a", "b"));
        Path half = DurableFiles.temporaryFor(run.resolve("checkpoints/step-000002"));
        Files.createDirectories(half.resolve("trainer"));
        Files.writeString(half.resolve("model.safetensors"), "half");
        assertThat(newest().orElseThrow().state().step()).isEqualTo(1);
        store.cleanUp();
        assertThat(checkpoints()).containsExactly("step-000001");
    }

    @Test
    void passesOverWeightsThatAreNotTheOnesWritten() throws IOException {
        store.save(state(1), List.of(), contents("a", "b"));
        Files.writeString(run.resolve("checkpoints/step-000001/model.safetensors"), "flipped");
        assertThat(newest()).isEmpty();
    }

    @Test
    void replacesADamagedOneOfTheSameStep() throws IOException {
        store.save(state(1), List.of(), contents("a", "b"));
        Files.writeString(run.resolve("checkpoints/step-000001/model.safetensors"), "flipped");
        store.save(state(1), List.of(), contents("a", "b"));
        assertThat(run.resolve("checkpoints/step-000001/model.safetensors")).hasContent("a");
        assertThat(newest()).isPresent();
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
        assertThat(newest()).isEmpty();
    }

    @Test
    void takesTheAdapterForTheWeightsWhereThereAreNoOthers() throws IOException {
        SavedCheckpoint saved = store.save(state(1), List.of(), (folder, optimizerState) -> {
            Files.writeString(folder.resolve("adapter_model.safetensors"), "weights");
            Files.writeString(optimizerState, "moments");
        });
        assertThat(saved.digest())
                .isEqualTo("sha256:9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c");
        assertThat(newest()).contains(saved);
    }

    @Test
    void goesOnFromWhereItWasPausedAndForgetsThatPlaceAtTheNextCheckpoint() throws IOException {
        store.save(state(4), List.of(), contents("a", "b"));
        store.pause(state(5), List.of(), contents("c", "d"));
        SavedCheckpoint paused = newest().orElseThrow();
        assertThat(paused.state().step()).isEqualTo(5);
        assertThat(paused.unannounced()).isTrue();
        store.save(state(8), List.of(), contents("e", "f"));
        assertThat(checkpoints()).containsExactly("step-000004", "step-000008");
        assertThat(newest().orElseThrow().unannounced()).isFalse();
    }

    @Test
    void whatWasPausedAndIsToBeKnownAfterAllStays() throws IOException {
        store.save(state(4), List.of(), contents("a", "b"));
        store.pause(state(5), List.of(), contents("c", "d"));
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
        ObjectNode then = (ObjectNode) Json.MAPPER.readTree(now);
        then.retain("state", "digest", "createdAt");
        Files.writeString(json, then.toString());
        assertThat(newest().orElseThrow().state()).isEqualTo(state(1));
    }

    private Optional<SavedCheckpoint> newest() throws IOException {
        return store.newest(said -> {});
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
                Optional.of(new BatchPosition(SplitName.TRAIN, 1, step - 1, Optional.of(2_000_000))),
                step * 100L,
                123,
                Optional.of(0.25),
                Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    private List<String> checkpoints() throws IOException {
        try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
