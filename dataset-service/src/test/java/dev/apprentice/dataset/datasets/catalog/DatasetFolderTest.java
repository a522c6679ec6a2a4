package dev.apprentice.dataset.datasets.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import dev.apprentice.dataset.datasets.catalog.snapshot.SnapshotWriter;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import dev.apprentice.dataset.datasets.reading.outcome.IgnoredFields;
import dev.apprentice.dataset.datasets.reading.outcome.Omissions;
import dev.apprentice.dataset.datasets.reading.outcome.ReadingResult;
import dev.apprentice.dataset.persistence.DamagedFileException;
import dev.apprentice.dataset.persistence.HeldElsewhereException;
import dev.apprentice.dataset.persistence.SharedLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFolderTest {

    private static final Example SING = new Example("sing", "Sing.", "", "La.");
    private static final Example ADD = new Example("add", "Add.", "1 2", "3");
    private static final Example ADD_RIGHTLY = new Example("add", "Add.", "1 3", "4");
    private static final Example DANCE = new Example("dance", "Dance.", "", "Hop.");

    @TempDir
    Path home;

    private DatasetFolder dataset;

    @BeforeEach
    void open() throws IOException {
        dataset = DatasetFolder.open(home.resolve("songs"), home.resolve("lock"));
    }

    @Test
    void isNothingUntilSomethingIsPutIn() throws IOException {
        assertThat(dataset.current()).isEmpty();
        assertThat(dataset.keepAlso(home.resolve("kept"))).isEmpty();
        assertThat(home.resolve("kept")).doesNotExist();
    }

    @Test
    void holdsWhatWasPutInLastAndCountsDuplicates() throws IOException {
        put(SING);
        Dataset stored = put(ADD, SING, SING.named("sing-2"));
        assertThat(stored.version()).isEqualTo(2);
        assertThat(stored.examples()).isEqualTo(3);
        assertThat(stored.duplicates()).isEqualTo(1);
        assertThat(examples()).containsExactly(ADD, SING, SING.named("sing-2"));
    }

    @Test
    void isTheSameAfterBeingOpenedAgain() throws IOException {
        Dataset stored = put(SING, ADD);
        dataset.change(List.of(Change.joined(DANCE)));
        open();
        assertThat(examples()).containsExactly(SING, ADD, DANCE);
        assertThat(dataset.current().orElseThrow().version()).isEqualTo(stored.version() + 1);
    }

    @Test
    void oneThatIsHeldAndNotLetGoIsShownAsItWasAndNotChangedUntilItIsFree() throws IOException {
        Dataset before = put(SING);
        DatasetFolder other = DatasetFolder.open(home.resolve("songs"), home.resolve("lock"), Duration.ofMillis(20));
        try (SharedLock frozen = SharedLock.tryLock(home.resolve("lock")).orElseThrow()) {
            assertThat(other.current()).hasValue(before);
            List<ThrowingCallable> changing = List.of(
                    () -> other.change(List.of(Change.joined(ADD))), other::delete, other::rejects, () -> other.keepAlso(home.resolve("kept")));
            assertThat(changing).allSatisfy(change -> assertThatExceptionOfType(HeldElsewhereException.class).isThrownBy(change)
                    .withMessageStartingWith("dataset 'songs' is being changed by another request or another dataset-service, which has")
                    .withMessageEndingWith("if a dataset-service hangs, end it or let it go on"));
        }
        other.change(List.of(Change.joined(DANCE)));
        assertThat(examples()).containsExactly(SING, DANCE);
    }

    @Test
    void instancesThatShareItTakeInWhatTheOthersDo() throws IOException {
        DatasetFolder other = DatasetFolder.open(home.resolve("songs"), home.resolve("lock"));
        put(SING);
        assertThat(other.current().orElseThrow().examples()).isEqualTo(1);
        other.change(List.of(Change.joined(ADD)));
        dataset.change(List.of(Change.joined(ADD_RIGHTLY)));
        other.change(List.of(Change.joined(DANCE)));
        assertThat(examples()).containsExactly(SING, ADD_RIGHTLY, DANCE);
        other.change(List.of(Change.withdrawn(SING.id())));
        assertThat(examples()).containsExactly(ADD_RIGHTLY, DANCE);
        other.delete();
        assertThat(dataset.current()).isEmpty();
        assertThat(put(SING).version()).isEqualTo(1);
        assertThat(other.keepAlso(home.resolve("kept")).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void sameExamplesHaveTheSameDigestWhereverTheyCameFrom() throws IOException {
        String digest = put(SING, ADD).digest();
        DatasetFolder other = DatasetFolder.open(home.resolve("other"), home.resolve("other-lock"));
        other.change(List.of(Change.joined(SING), Change.joined(ADD)));
        assertThat(other.current().orElseThrow().digest()).isEqualTo(digest);
    }

    @Test
    void examplesThatJoinTakeThePlaceOfThoseWithTheirId() throws IOException {
        put(ADD, SING);
        dataset.change(List.of(Change.joined(DANCE), Change.joined(ADD_RIGHTLY)));
        assertThat(examples()).containsExactly(ADD_RIGHTLY, SING, DANCE);
    }

    @Test
    void aChangeMadeTwiceIsMadeOnce() throws IOException {
        put(ADD);
        dataset.change(List.of(Change.joined(DANCE), Change.withdrawn("add")));
        dataset.change(List.of(Change.joined(DANCE), Change.withdrawn("add")));
        assertThat(examples()).containsExactly(DANCE);
        dataset.change(List.of(Change.joined(DANCE)));
        assertThat(examples()).containsExactly(DANCE);
    }

    @Test
    void whatIsKeptElsewhereDoesNotSeeLaterChanges() throws IOException {
        put(SING, ADD);
        Path kept = home.resolve("kept.jsonl");
        dataset.keepAlso(kept);
        put(DANCE);
        assertThat(read(kept)).containsExactly(SING, ADD);
        assertThat(examples()).containsExactly(DANCE);
    }

    @Test
    void aLineThatACrashCutOffIsForgotten() throws IOException {
        put(SING);
        dataset.change(List.of(Change.joined(ADD)));
        Files.writeString(home.resolve("songs/1.changes.jsonl"), "{\"id\":\"dan", StandardOpenOption.APPEND);
        open();
        dataset.change(List.of(Change.joined(DANCE)));
        assertThat(examples()).containsExactly(SING, ADD, DANCE);
    }

    @Test
    void aDamagedDescriptionIsRecoveredFromTheExamplesAndTheChangesStay() throws IOException {
        Dataset before = put(SING);
        dataset.change(List.of(Change.joined(ADD)));
        Files.writeString(home.resolve("songs/dataset.json"), "{\"name\": \"so");
        open();
        assertThat(examples()).containsExactly(SING, ADD);
        assertThat(dataset.current().orElseThrow().version()).isEqualTo(before.version() + 1);
        assertThat(home.resolve("songs/dataset.json.damaged")).hasContent("{\"name\": \"so");
    }

    @Test
    void aDatasetWhoseFilesAreAllDamagedCanBePutAnew() throws IOException {
        Dataset before = put(SING);
        Files.writeString(home.resolve("songs/dataset.json"), "");
        Files.writeString(home.resolve("songs/" + before.digest().substring("sha256:".length()) + ".jsonl"), "{}");
        open();
        assertThat(dataset.current()).isEmpty();
        put(DANCE);
        assertThat(examples()).containsExactly(DANCE);
        assertThat(home.resolve("songs/" + before.digest().substring("sha256:".length()) + ".jsonl.damaged")).hasContent("{}");
    }

    @Test
    void aDamagedChangeIsLeftOutAndTheFileKept() throws IOException {
        put(SING);
        dataset.change(List.of(Change.joined(ADD)));
        Path changes = home.resolve("songs/1.changes.jsonl");
        Files.writeString(changes, "{\"id\":\"x\",\"exa\0\0\n", StandardOpenOption.APPEND);
        open();
        dataset.change(List.of(Change.joined(DANCE)));
        assertThat(examples()).containsExactly(SING, ADD, DANCE);
        assertThat(home.resolve("songs/1.changes.jsonl.damaged")).exists();
    }

    @Test
    void damagedExamplesAreNamed() throws IOException {
        Dataset before = put(SING);
        dataset.change(List.of(Change.joined(ADD)));
        Path damaged = home.resolve("songs/" + before.digest().substring("sha256:".length()) + ".jsonl");
        Files.writeString(damaged, "{\"id\": \"a");
        assertThatExceptionOfType(DamagedFileException.class).isThrownBy(() -> dataset.current())
                .withMessage("file " + damaged + " is damaged; restore it, or upload the dataset again and start a run of another"
                        + " name");
    }

    @Test
    void keepsOnDiskOnlyWhatHolds() throws IOException {
        put(SING);
        dataset.change(List.of(Change.joined(ADD)));
        put(DANCE);
        try (Stream<Path> files = Files.list(home.resolve("songs"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(3)
                    .contains("dataset.json", "rejects.jsonl")
                    .anyMatch(name -> name.matches("[0-9a-f]{64}\\.jsonl"));
        }
    }

    @Test
    void nothingIsLeftOfADeletedDatasetAndItsNameBeginsAnew() throws IOException {
        put(SING);
        dataset.change(List.of(Change.joined(ADD)));
        dataset.delete();

        assertThat(dataset.current()).isEmpty();
        try (Stream<Path> files = Files.list(home.resolve("songs"))) {
            assertThat(files).isEmpty();
        }
        dataset.change(List.of(Change.joined(ADD)));
        assertThat(dataset.current().orElseThrow().version()).isEqualTo(1);
        assertThat(DatasetFolder.open(home.resolve("songs"), home.resolve("lock")).current().orElseThrow().examples()).isEqualTo(1);
    }

    private Dataset put(Example... examples) throws IOException {
        Path written = home.resolve("written.tmp");
        try (SnapshotWriter writer = new SnapshotWriter(written)) {
            for (Example example : examples) {
                writer.add(example);
            }
            Path rejected = Files.createFile(home.resolve("rejected.tmp"));
            ReadingResult reading = new ReadingResult(examples.length, 0, Map.of(), new IgnoredFields(Map.of()), Optional.empty(), Omissions.NONE);
            return dataset.replace(written, writer.finish(), new Contents("test", reading, Recipe.of(ReadSettings.USUAL)), rejected);
        }
    }

    private List<Example> examples() throws IOException {
        Path now = home.resolve("now.jsonl");
        dataset.keepAlso(now);
        return read(now);
    }

    private static List<Example> read(Path file) throws IOException {
        List<Example> examples = new ArrayList<>();
        ExampleLines.forEach(file, examples::add);
        return examples;
    }
}
