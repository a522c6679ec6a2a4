package dev.apprentice.dataset.datasets.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import dev.apprentice.dataset.datasets.catalog.snapshot.SnapshotWriter;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import dev.apprentice.dataset.datasets.reading.outcome.IgnoredFields;
import dev.apprentice.dataset.datasets.reading.outcome.Omissions;
import dev.apprentice.dataset.datasets.reading.outcome.ReadingResult;
import dev.apprentice.dataset.persistence.DamagedFileException;
import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageException;
import dev.apprentice.service.storage.StorageSettings;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.testkit.BadConnection.Fault;
import dev.apprentice.testkit.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a dataset in an object store, as seen by two instances. */
class StoredDatasetTest {

    private static final Example SING = new Example("sing", "Sing.", "", "La.");
    private static final Example ADD = new Example("add", "Add.", "1 2", "3");
    private static final Example ADD_RIGHTLY = new Example("add", "Add.", "1 3", "4");
    private static final Example DANCE = new Example("dance", "Dance.", "", "Hop.");
    private static final StorageUri PLACE = StorageUri.parse("s3://" + S3Server.BUCKET + "/datasets");

    private record Settings(Optional<URI> endpoint, Duration timeout, Path cache, long cacheMegabytes) implements StorageSettings {}

    private static S3Server server;

    @TempDir
    Path disk;

    /** Steps to take between an instance's reading of the description and its writing. */
    private final Deque<Step> meanwhile = new ArrayDeque<>();

    private DatasetPlaces places;
    private DatasetPlace dataset;
    private DatasetPlace other;

    @FunctionalInterface
    private interface Step {

        void take() throws IOException;
    }

    @BeforeAll
    static void start() throws IOException {
        server = new S3Server();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void open() throws IOException {
        Settings settings = new Settings(Optional.of(server.endpoint()), Duration.ofSeconds(5), disk, 1);
        places = new StoredDatasets(
                new ObjectStorage(settings) {
                    @Override
                    public boolean writeIf(byte[] bytes, StorageUri target, Optional<String> before) throws StorageException {
                        if (!meanwhile.isEmpty() && target.key().endsWith("dataset.json")) {
                            try {
                                meanwhile.removeFirst().take();
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        }
                        return super.writeIf(bytes, target, before);
                    }
                },
                PLACE, disk);
        dataset = places.of("songs");
        other = new StoredDatasets(new ObjectStorage(settings), PLACE, disk).of("songs");
    }

    @AfterEach
    void clear() {
        server.connection().comeBack();
        server.clear();
    }

    @Test
    void instancesThatShareItTakeInWhatTheOthersDo() throws IOException {
        assertThat(dataset.current()).isEmpty();
        assertThat(places.isKnown("songs")).isFalse();
        assertThat(put(SING).version()).isEqualTo(1);
        assertThat(places.names()).containsExactly("songs");
        assertThat(other.current().orElseThrow().examples()).isEqualTo(1);
        other.change(List.of(Change.joined(ADD)));
        dataset.change(List.of(Change.joined(ADD_RIGHTLY)));
        other.change(List.of(Change.joined(DANCE)));
        assertThat(examples()).containsExactly(SING, ADD_RIGHTLY, DANCE);
        other.change(List.of(Change.withdrawn(SING.id()), Change.joined(DANCE)));
        assertThat(examples()).containsExactly(ADD_RIGHTLY, DANCE);
        other.delete();
        assertThat(dataset.current()).isEmpty();
        assertThat(dataset.keepAlso(disk.resolve("kept"))).isEmpty();
        assertThat(put(SING).version()).isEqualTo(1);
        assertThat(other.current().orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void hasTheDigestThatItHasInAFolderAndKeepsOnlyWhatCounts() throws IOException {
        DatasetPlace folder = DatasetFolder.open(disk.resolve("folder"), disk.resolve("lock"));
        String digest = put(folder, SING, ADD).digest();
        put(DANCE);
        dataset.change(List.of(Change.joined(SING)));
        dataset.change(List.of(Change.joined(ADD), Change.withdrawn(DANCE.id())));
        assertThat(dataset.current().orElseThrow().digest()).isEqualTo(digest);
        assertThat(dataset.current().orElseThrow().version()).isEqualTo(2);
        assertThat(server.keys()).hasSize(2).contains("datasets/songs/dataset.json")
                .anyMatch(key -> key.matches("datasets/songs/examples-[0-9a-f-]{36}\\.jsonl"));
    }

    @Test
    void whatAnotherInstanceWritesBetweenLookingAndWritingIsNotLost() throws IOException {
        put(SING);
        meanwhile.add(() -> other.change(List.of(Change.joined(ADD))));
        dataset.change(List.of(Change.joined(DANCE)));
        assertThat(examples()).containsExactly(SING, ADD, DANCE);

        dataset.change(List.of(Change.joined(ADD_RIGHTLY)));
        meanwhile.add(() -> other.change(List.of(Change.withdrawn(SING.id()))));
        assertThat(examples()).as("while changes are folded").containsExactly(ADD_RIGHTLY, DANCE);

        dataset.change(List.of(Change.joined(SING)));
        meanwhile.add(() -> assertThat(other.current().orElseThrow().examples()).isEqualTo(3));
        assertThat(examples()).as("while another folds them").containsExactly(ADD_RIGHTLY, DANCE, SING);

        meanwhile.add(() -> put(other, ADD));
        assertThat(put(DANCE).version()).as("while another puts one").isEqualTo(6);
        assertThat(examples()).containsExactly(DANCE);
        assertThat(server.keys()).as("files of no use").hasSize(2);
    }

    @Test
    void aStoreThatFailsOrIsCutOffCostsNothingAndNothingIsHalfThere() throws IOException {
        put(SING);
        server.connection().goAway();
        assertThatThrownBy(() -> dataset.change(List.of(Change.joined(ADD)))).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> put(DANCE)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> dataset.current()).isInstanceOf(StorageException.class);
        server.connection().comeBack();
        assertThat(examples()).containsExactly(SING);
        meanwhile.add(() -> server.connection().spoil(Fault.CUT, Fault.STATUS_500));
        dataset.change(List.of(Change.joined(ADD)));
        assertThat(examples()).containsExactly(SING, ADD);
    }

    @Test
    void whatIsDamagedOrGoneIsNamed() throws IOException {
        put(SING);
        String examples = server.keys().stream().filter(key -> key.contains("examples-")).findFirst().orElseThrow();
        server.put(examples, "{\"id\": \"a".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::examples).isInstanceOf(DamagedFileException.class)
                .hasMessageStartingWith("s3://" + S3Server.BUCKET + "/" + examples + " is damaged; restore it, or upload the dataset again");
        server.remove(examples);
        assertThatThrownBy(this::examples).isInstanceOf(DamagedFileException.class)
                .hasMessageStartingWith("s3://" + S3Server.BUCKET + "/" + examples + " is gone; restore it, or upload the dataset again");
        put(DANCE);
        assertThat(examples()).containsExactly(DANCE);
        server.put("datasets/songs/dataset.json", "{".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> dataset.current()).isInstanceOf(DamagedFileException.class)
                .hasMessageStartingWith(PLACE + "/songs/dataset.json is damaged");
    }

    @Test
    void changesThatAreKeptAreTakenEvenWhereTheExamplesAreDamaged() throws IOException {
        put(SING);
        String examples = server.keys().stream().filter(key -> key.contains("examples-")).findFirst().orElseThrow();
        server.put(examples, "{\"id\": \"a".getBytes(StandardCharsets.UTF_8));
        int enough = 0;
        while (!Dataset.isWorthASnapshot(Optional.empty(), enough)) {
            enough++;
        }
        dataset.change(Collections.nCopies(enough, Change.joined(ADD)));
        assertThat(server.keys()).anyMatch(key -> key.contains("changes-"));
        assertThatThrownBy(this::examples).isInstanceOf(DamagedFileException.class);

        server.put(examples, (Json.MAPPER.writeValueAsString(SING) + "\n").getBytes(StandardCharsets.UTF_8)); // restores the file
        assertThat(examples()).containsExactly(SING, ADD);
    }

    @Test
    void usersTemplatesAreKeptBesideTheDatasetsForEveryInstance() throws IOException {
        put(SING);
        Settings settings = new Settings(Optional.of(server.endpoint()), Duration.ofSeconds(5), disk, 1);
        KeptTemplates one = new KeptTemplates(List.of(disk.resolve("one")), new ObjectStorage(settings), Optional.of(PLACE));
        KeptTemplates two = new KeptTemplates(List.of(disk.resolve("two")), new ObjectStorage(settings), Optional.of(PLACE));
        String yaml = "name: mine\ninstruction: Well?\noutput: '{{ label }}'\n";
        String name = one.keep(yaml);
        assertThat(two.keep(yaml)).isEqualTo(name);
        assertThat(two.find(name).name()).isEqualTo("mine");
        assertThat(places.names()).containsExactly("songs");

        KeptTemplates before = new KeptTemplates(List.of(disk.resolve("two")), new ObjectStorage(settings), Optional.empty());
        String kept = before.keep(yaml.replace("Well", "So"));
        assertThat(two.find(kept).name()).as("kept by a version that had a folder alone").isEqualTo("mine");
    }

    @Test
    void aStoreThatTakesAnyWriteIsRefused() {
        ObjectStorage careless = new ObjectStorage(new Settings(Optional.of(server.endpoint()), Duration.ofSeconds(5), disk, 1)) {
            @Override
            public boolean writeIf(byte[] bytes, StorageUri target, Optional<String> before) throws StorageException {
                write(bytes, target, "sha256:0");
                return true;
            }
        };
        assertThatThrownBy(() -> new StoredDatasets(careless, PLACE, disk).of("songs"))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("the object store of " + PLACE + " takes no conditional writes");
        assertThat(server.keys()).isEmpty();
    }

    @Test
    void whatWasLeftOutIsKeptBesideAndGoesWithTheDataset() throws IOException {
        Path written = disk.resolve("written.tmp");
        Path rejected = Files.writeString(disk.resolve("rejected.tmp"), "{\"entry\": \"none\"}\n");
        try (SnapshotWriter writer = new SnapshotWriter(written)) {
            writer.add(SING);
            dataset.replace(written, writer.finish(), contents(2, 1), rejected);
        }
        assertThat(other.rejects().orElseThrow()).hasContent("{\"entry\": \"none\"}\n");
        dataset.change(List.of(Change.joined(ADD)));
        assertThat(dataset.current().orElseThrow().rejected()).contains(1);
        assertThat(other.rejects()).isPresent();
        put(DANCE);
        assertThat(other.rejects()).isEmpty();
    }

    private Dataset put(Example... examples) throws IOException {
        return put(dataset, examples);
    }

    private Dataset put(DatasetPlace place, Example... examples) throws IOException {
        Path written = disk.resolve("written.tmp");
        try (SnapshotWriter writer = new SnapshotWriter(written)) {
            for (Example example : examples) {
                writer.add(example);
            }
            return place.replace(written, writer.finish(), contents(examples.length, 0), Files.write(disk.resolve("rejected.tmp"), new byte[0]));
        }
    }

    private static Contents contents(int examples, int rejected) {
        ReadingResult reading = new ReadingResult(
                examples, rejected, Map.of(), new IgnoredFields(Map.of()), Optional.empty(), Omissions.NONE);
        return new Contents("test", reading, Recipe.of(ReadSettings.USUAL));
    }

    private List<Example> examples() throws IOException {
        Path now = disk.resolve("now.jsonl");
        dataset.keepAlso(now);
        List<Example> examples = new ArrayList<>();
        ExampleLines.forEach(now, examples::add);
        return examples;
    }
}
