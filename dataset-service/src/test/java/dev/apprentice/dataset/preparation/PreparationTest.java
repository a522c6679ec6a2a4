package dev.apprentice.dataset.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Batch.SplitName;
import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Overlong;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.Runs;
import dev.apprentice.dataset.ServiceTest;
import dev.apprentice.dataset.datasets.catalog.Catalog;
import dev.apprentice.dataset.persistence.Home;
import dev.apprentice.dataset.persistence.SharedLock;
import dev.apprentice.dataset.run.Assignment.TakeOver;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.dataset.run.RunFolders;
import dev.apprentice.testkit.Fixtures;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PreparationTest extends ServiceTest {

    @Inject
    RunFolders runs;

    @Inject
    Home home;

    @Inject
    Catalog catalog;

    @Inject
    Preparations preparations;

    @Test
    void turnsADatasetIntoBatchesAndTellsSo() throws IOException {
        upload(name, Fixtures.bytes("examples.json"));
        publish(Runs.of(name, name, tinyModel()));

        Progress prepared = awaitProgress(Phase.PREPARED);
        assertThat(prepared.pieces().done()).hasValue(7L);
        assertThat(prepared.pieces().total()).hasValue(7L);
        assertThat(prepared.message()).hasValue("51 examples to train on, 6 for the exam, 4 to validate with");
        assertThat(prepared.data().digest()).hasValue(catalog.find(name).orElseThrow().digest());
        List<Batch> batches = topics.read(Topics.batches(name));
        assertThat(batches).extracting(Batch::key).containsExactly(
                "validation/0/0", "train/1/0", "train/1/1", "train/1/2", "train/1/3", "train/1/4", "train/1/5");
        assertThat(batches.get(0).rows()).isEqualTo(4);
        assertThat(topics.read(Topics.PROGRESS))
                .filteredOn(progress -> progress.run().equals(name) && progress.phase() == Phase.PREPARING)
                .extracting(progress -> progress.pieces().done())
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of(0L), Optional.of(4L), Optional.of(7L));
    }

    @Test
    void sharesTheTextbooksDataOutAndBatchesItAsTheTextbookDoes() throws IOException {
        upload(name, Files.readAllBytes(Fixtures.large("data/instruction-data.json")));
        Files.copy(Fixtures.large("tiny-gpt2/config.json"), folder.resolve("config.json"));
        Files.copy(Fixtures.large("gpt2-tokenizer/tokenizer.json"), folder.resolve("tokenizer.json"));
        publish(Runs.of(name, name, folder));

        assertThat(awaitProgress(Phase.PREPARED).message())
                .hasValue("935 examples to train on, 110 for the exam, 55 to validate with; 25 of 1100 examples are duplicates"
                        + " (instruction and input of an earlier one) and are in its split");
        List<Batch> batches = topics.read(Topics.batches(name));
        assertThat(batches).filteredOn(batch -> batch.split() == SplitName.TRAIN)
                .hasSize(116)
                .allSatisfy(batch -> assertThat(batch.rows()).isEqualTo(8));
        assertThat(batches).filteredOn(batch -> batch.split() == SplitName.VALIDATION)
                .hasSize(7)
                .extracting(Batch::rows)
                .containsExactly(8, 8, 8, 8, 8, 8, 7);
    }

    @Test
    void saysHowManyExamplesAreDuplicatesAndWhichTestQuestionsAreTrainedOn() {
        byte[] twice = (new String(examples(30)) + new String(examples(30))).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        upload(name, twice);
        DataSource byPosition = DataSourceBuilder.builder()
                .dataset(name)
                .promptStyle("alpaca")
                .split(new Split(Split.Policy.POSITION, 0.85, 0.10))
                .overlong(Overlong.TERMINATE)
                .build();
        publish(Runs.of(name, byPosition, tinyModel().toString(), Runs.training(1, 8, true, false)));
        Progress prepared = awaitProgress(Phase.PREPARED);
        assertThat(prepared.data().repeats()).hasValue(new Repeats(60, 30, 6));
        assertThat(prepared.message().orElseThrow()).endsWith("; 30 of 60 examples are duplicates (instruction and input of an"
                + " earlier one); 6 test questions are trained on, so the scores are too good");
    }

    @Test
    void learnsAnExampleThatIsGivenTwiceOnceAndNamesATestQuestionThatIsNearlyTrainedOn() {
        String near = "{\"instruction\": \"Double it!\", \"input\": \"26\", \"output\": \"52\", \"id\": \"near\"}\n";
        upload(name, (near + new String(examples(30)) + new String(examples(30))).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        DataSource once = Runs.data(name, Optional.empty(), Overlong.TERMINATE).with(DataSource.Duplicates.ONCE, 0.8);
        publish(Runs.of(name, once, tinyModel().toString(), Runs.training(1, 8, true, false)));
        Progress prepared = awaitProgress(Phase.PREPARED);
        assertThat(prepared.message().orElseThrow())
                .startsWith("26 examples to train on, 3 for the exam, 2 to validate with; 30 of 61 examples are duplicates (instruction"
                        + " and input of an earlier one), 30 of them with its answer, too, which are left out; 1 test and 0 validation"
                        + " examples are nearly training examples (data.nearDuplicates 0.8): test '")
                .endsWith("' is like 'near' (1.00)");
        assertThat(prepared.data().repeats().orElseThrow().leftOut()).hasValue(30);
        String lineage = io.restassured.RestAssured.get("/datasets/" + name).path("lineage");
        assertThat(prepared.data().dataset()).hasValue(new DatasetVersion(name, 1, lineage));
        assertThat(prepared.data().repeats().orElseThrow().similar().orElseThrow().test()).isEqualTo(1);
    }

    @Test
    void whatHasAFileOfItsOwnIsHeldOutAndDatasetsAreLearnedByTheirWeights() throws IOException {
        String all = new String(examples(40), java.nio.charset.StandardCharsets.UTF_8);
        String held = all.lines().limit(4).collect(java.util.stream.Collectors.joining("\n"));
        upload(name, all.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        upload(name + "-b", "{\"instruction\": \"Sing.\", \"output\": \"La.\", \"id\": \"one\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        upload(name + "-test", held.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        upload(name + "-dev", ("{\"instruction\": \"Hum.\", \"output\": \"Hm.\", \"id\": \"one\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        DataSource parts = DataSourceBuilder.builder(Runs.data(name, Optional.empty(), Overlong.TERMINATE).with(DataSource.Duplicates.ONCE, 0))
                .also(java.util.List.of(new DataSource.Part(name + "-b", Optional.of(3.0), Optional.empty())))
                .test(new DataSource.Part(name + "-test", Optional.empty(), Optional.empty()))
                .validation(new DataSource.Part(name + "-dev", Optional.empty(), Optional.empty()))
                .build();

        publish(Runs.of(name, parts, tinyModel().toString(), Runs.training(1, 13, true, false)));
        Progress prepared = awaitProgress(Phase.PREPARED);

        // 40 without the 4 that the exam asks, and one three times
        assertThat(prepared.message().orElseThrow()).startsWith("39 examples to train on, 4 for the exam, 1 to validate with; 4 of 46 examples"
                + " are duplicates");
        assertThat(Files.readAllLines(home.resolve("runs").resolve(name).resolve("exam.jsonl"))).hasSize(4);
        String lineage = io.restassured.RestAssured.get("/datasets/" + name).path("lineage");
        assertThat(prepared.data().dataset().orElseThrow().lineage()).startsWith("sha256:").isNotEqualTo(lineage);
    }

    @Test
    void oneInstructionGivenManyTimesCannotBeSplit() {
        upload(name, "{\"instruction\": \"Say 1.\", \"output\": \"y\"}\n".repeat(40).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        publish(Runs.of(name, name, tinyModel()));
        assertFailsWith("dataset '" + name + "' is too small to split: of its 40 examples none is left for test, because 39 of 40"
                + " examples are duplicates (instruction and input of an earlier one) and are in its split; add examples, or"
                + " choose position for data.split.policy, which goes by place alone");
    }

    @Test
    void sameRunOverTheSameDataGivesTheSameBatches() {
        upload(name, Fixtures.bytes("examples.json"));
        publish(Runs.of(name, name, tinyModel()));
        awaitProgress(Phase.PREPARED);
        Run twin = Runs.of(name + "-twin", name, tinyModel());
        topics.publish(Topics.RUNS, twin);
        topics.await(Topics.PROGRESS, 1, progress -> progress.run().equals(twin.run()) && progress.phase() == Phase.PREPARED);

        assertThat(topics.read(Topics.batches(twin.run())))
                .extracting(Batch::key, batch -> List.of(batch.tokens().length, java.util.Arrays.hashCode(batch.tokens())))
                .isEqualTo(topics.read(Topics.batches(name)).stream()
                        .map(batch -> org.assertj.core.groups.Tuple.tuple(
                                batch.key(), List.of(batch.tokens().length, java.util.Arrays.hashCode(batch.tokens()))))
                        .toList());
    }

    @Test
    void aRunHeardTwiceIsPreparedOnce() {
        upload(name, Fixtures.bytes("examples.json"));
        Run run = Runs.of(name, name, tinyModel());
        publish(run);
        publish(run);
        awaitProgress(Phase.PREPARED);
        publish(run);
        publishBarrier();
        assertThat(topics.read(Topics.batches(name))).hasSize(7);
    }

    @Test
    void takesUpWhatAnEarlierProcessLeftUndone() throws IOException {
        upload(name, Fixtures.bytes("examples.json"));
        RunFolder accepted = runs.of(name);
        catalog.keepAlso(name, accepted.examples().file());
        accepted.accept(Runs.of(name, name, tinyModel()));

        preparations.resume(new TakeOver());

        awaitProgress(Phase.PREPARED);
        assertThat(topics.read(Topics.batches(name))).hasSize(7);
    }

    @Test
    void aRunThatEndedTheProcessTwiceIsSetAsideUntilItIsAskedForAgain() throws IOException {
        upload(name, Fixtures.bytes("examples.json"));
        Run run = Runs.of(name, name, tinyModel());
        Files.createDirectories(home.resolve("runs").resolve(name));
        Files.writeString(home.resolve("runs").resolve(name).resolve("crashes.json"), """
                {"requestedAt": "%s", "count": 1, "underWay": true}""".formatted(run.requestedAt())); // as a killed process leaves it
        publish(run);
        assertFailsWith("dataset-service ended 2 times while it prepared run '" + name + "', so it is not tried again; check its log, the"
                + " run's model folder and its data before you start it again");

        publish(Runs.again(run));
        awaitProgress(Phase.PREPARED);
    }

    @Test
    void aRunThatEndedTheProcessOnceIsTriedAgainAndClearedWhenItComesThrough() throws IOException {
        upload(name, Fixtures.bytes("examples.json"));
        Run run = Runs.of(name, name, tinyModel());
        Path mark = leaveMark(run);
        publish(run);
        awaitProgress(Phase.PREPARED);
        assertThat(mark).doesNotExist();
    }

    @Test
    void aRunThatEndedTheProcessOnceAndIsCancelledBeforeItIsTriedAgainIsNotTried() throws IOException {
        upload(name, Fixtures.bytes("examples.json"));
        Run cancelled = Runs.of(name + "-cancelled", Runs.data(name, Optional.empty(), Overlong.TERMINATE),
                tinyModel().toString(), Runs.training(1, 8, true, false));
        Path mark = leaveMark(cancelled);
        publish(cancelled);
        publish(new Run(cancelled.run(), Run.DesiredState.CANCEL, cancelled.requestedAt(), cancelled.specification()));

        Run after = Runs.of(name, name, tinyModel()); // such runs are tried one after another
        leaveMark(after);
        publish(after);
        awaitProgress(Phase.PREPARED);
        assertThat(topics.read(Topics.PROGRESS)).noneMatch(progress -> progress.run().equals(cancelled.run()));
        assertThat(mark).as("a try that came through would have cleared it").exists();
    }

    /** Leaves the mark of a process that crashed while it prepared the run. */
    private Path leaveMark(Run run) throws IOException {
        Path mark = Files.createDirectories(home.resolve("runs").resolve(run.run())).resolve("crashes.json");
        return Files.writeString(mark, """
                {"requestedAt": "%s", "count": 0, "underWay": true}""".formatted(run.requestedAt()));
    }

    @Test
    void aShortRunDoesNotWaitUntilLongOnesAreDone() {
        upload(name, Fixtures.bytes("examples.json"));
        List<Run> runs = new ArrayList<>();
        for (String which : List.of("-long-1", "-long-2", "-long-3", "")) { // more than are prepared at once
            DataSource data = Runs.data(name, Optional.empty(), Overlong.TERMINATE);
            runs.add(Runs.of(name + which, data, tinyModel().toString(), Runs.training(which.isEmpty() ? 1 : 7, 8, true, false)));
        }
        runs.forEach(this::publish);
        Progress last = awaitProgress(Phase.PREPARED);
        for (Run run : runs) {
            Progress prepared = topics.await(Topics.PROGRESS, 1, progress ->
                    progress.run().equals(run.run()) && progress.phase() == Phase.PREPARED).get(0);
            assertThat(prepared.at()).isAfterOrEqualTo(last.at());
            assertThat(topics.read(Topics.batches(run.run()))).hasSize(prepared.pieces().total().orElseThrow().intValue());
        }
    }

    @Test
    void aDamagedStateFileIsSetAsideAndTheRunGoesOn() throws IOException {
        upload(name, Fixtures.bytes("examples.json"));
        Path state = Files.createDirectories(home.resolve("runs").resolve(name)).resolve("outcome.json");
        Files.writeString(state, "{\"requestedAt\": \"20");
        publish(Runs.of(name, name, tinyModel()));
        awaitProgress(Phase.PREPARED);
        assertThat(state.resolveSibling("outcome.json.damaged")).hasContent("{\"requestedAt\": \"20");
    }

    @Test
    void aRunWhoseRecordIsDamagedFailsAndSaysSo() throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("runs").resolve(name)).resolve("run.json"), "\0\0\0");
        preparations.look(new StartupEvent());
        assertThat(awaitProgress(Phase.FAILED).message())
                .hasValue("dataset-service's record of the run is damaged and was set aside; start the run again");
    }

    @Test
    void aRunThatIsCancelledBeforeItBeginsIsNotPrepared() {
        upload(name, Fixtures.bytes("examples.json"));
        Run run = Runs.of(name, name, tinyModel());
        publish(run.cancelled(run.requestedAt()));
        publishBarrier();
        assertThat(topics.read(Topics.batches(name))).isEmpty();
        assertThat(topics.read(Topics.PROGRESS)).noneMatch(progress -> progress.run().equals(name));
    }

    @Test
    void aCancelledRunThatIsWantedAgainGoesOnWithTheExamplesItBeganWith() {
        upload(name, Fixtures.bytes("examples.json"));
        Run run = Runs.of(name, name, tinyModel());
        publish(run);
        awaitProgress(Phase.PREPARED);
        publish(run.cancelled(run.requestedAt().plusSeconds(1)));
        io.restassured.RestAssured.given().contentType("application/json").body(examples(40)).post("/datasets/" + name).then().statusCode(200);
        publish(Runs.again(run));
        topics.await(Topics.PROGRESS, 2, progress -> progress.run().equals(name) && progress.phase() == Phase.PREPARED);
        assertThat(topics.read(Topics.batches(name))).hasSize(7);
    }

    @Test
    void leavesOutRowsWhoseAnswerIsCutAwayAndSaysSo() {
        upload(name, Fixtures.bytes("examples.json"));
        DataSource data = Runs.data(name, Optional.of(190), Overlong.TERMINATE);
        publish(Runs.of(name, data, tinyModel().toString(), Runs.training(1, 2, true, true)));
        assertThat(awaitProgress(Phase.PREPARED).message().orElseThrow())
                .startsWith("51 examples to train on, 6 for the exam, 4 to validate with; ")
                .contains(" of them are too long, of which ")
                .endsWith(" are left out");
        assertThat(topics.read(Topics.batches(name)))
                .allSatisfy(batch -> {
                    for (int row = 0; row < batch.rows(); row++) {
                        assertThat(batch.rowLengths()[row]).isLessThanOrEqualTo(191);
                        assertThat(batch.promptLengths()[row]).isLessThan(batch.rowLengths()[row] - 1);
                    }
                });
    }

    @Test
    void anUnknownDatasetFailsTheRunWithAReason() {
        publish(Runs.of(name, name, tinyModel()));
        assertFailsWith("dataset '" + name + "' is unknown to dataset-service; upload it with POST /datasets/" + name
                + " and start the run again");
    }

    @Test
    void aRunThatFailedIsPreparedWhenItIsAskedForAgainAndTheReasonIsGone() {
        Run run = Runs.of(name, name, tinyModel());
        publish(run);
        awaitProgress(Phase.FAILED);
        upload(name, Fixtures.bytes("examples.json"));
        publish(Runs.again(run));
        awaitProgress(Phase.PREPARED);
    }

    @Test
    void aDiskThatDoesNotTakeARunIsSaidAndTheRunIsPreparedWhenItDoes() throws IOException {
        upload(name, Fixtures.bytes("examples.json"));
        Path inTheWay = Files.createFile(home.resolve("runs").resolve(name)); // no folder can be made here
        publish(Runs.of(name, name, tinyModel()));
        assertThat(awaitProgress(Phase.WAITING).message().orElseThrow())
                .startsWith("dataset-service's disk cannot be used now; dataset-service will retry: ")
                .contains(inTheWay.toString());

        Files.delete(inTheWay);
        awaitProgress(Phase.PREPARED);
    }

    @Test
    void aRunWhoseDatasetIsHeldAndNotLetGoSaysSoAndOthersArePreparedMeanwhile() throws IOException {
        upload(name, examples(20));
        upload(name + "-free", examples(20));
        try (SharedLock frozen = SharedLock.tryLock(home.lockOf("datasets", name)).orElseThrow()) {
            publish(Runs.of(name, name, tinyModel()));
            publish(Runs.of(name + "-free", name + "-free", tinyModel()));
            assertThat(awaitProgress(Phase.WAITING).message()).hasValue("dataset '" + name + "' is being changed by another request or"
                    + " another dataset-service, which has not finished within 2 s; if a dataset-service hangs, end it or let it go on;"
                    + " the run goes on then");
            topics.await(Topics.PROGRESS, 1, progress -> progress.run().equals(name + "-free") && progress.phase() == Phase.PREPARED);
        }
        awaitProgress(Phase.PREPARED);
    }

    @Test
    void aDatasetTooSmallToSplitFailsTheRunWithAReason() {
        upload(name, examples(5));
        DataSource byPosition = DataSourceBuilder.builder()
                .dataset(name)
                .promptStyle("alpaca")
                .split(new Split(Split.Policy.POSITION, 0.85, 0.10))
                .overlong(Overlong.TERMINATE)
                .build();
        publish(Runs.of(name, byPosition, tinyModel().toString(), Runs.training(1, 8, true, false)));
        assertFailsWith("dataset '" + name + "' is too small to split: of its 5 examples none is left for test;"
                + " add examples, or choose ordered for data.split.policy, which gives each part a question at least");
    }

    @Test
    void aDatasetWithoutAFullBatchFailsTheRunWithAReason() {
        upload(name, examples(20));
        publish(Runs.of(name, Runs.data(name, Optional.empty(), Overlong.TERMINATE), tinyModel().toString(),
                Runs.training(1, 32, true, false)));
        assertFailsWith("dataset '" + name + "' leaves 17 rows to train on (0 were left out as too long), which is less than"
                + " one batch of 32; add examples, choose a smaller batch size, or a longer data.maxLength");
    }

    @Test
    void aModelFolderWithoutTokenizerFailsTheRunWithAReason() throws IOException {
        upload(name, Fixtures.bytes("examples.json"));
        Path model = tinyModel();
        Files.delete(model.resolve("tokenizer.json"));
        publish(Runs.of(name, name, model));
        assertFailsWith("model folder " + model + " lacks tokenizer.json;"
                + " a model is a folder with config.json, tokenizer.json and model.safetensors");
    }

    @Test
    void anUnreadableTokenizerFailsTheRunWithAReason() throws IOException {
        upload(name, Fixtures.bytes("examples.json"));
        Path model = tinyModel();
        Files.writeString(model.resolve("tokenizer.json"), "{");
        publish(Runs.of(name, name, model));
        assertThat(awaitProgress(Phase.FAILED).message().orElseThrow()).contains("tokenizer.json");
    }

    @Test
    void aPatternThatCouldAbortTheProcessFailsItsRunAloneAndSaysSo() throws IOException {
        upload(name, Fixtures.bytes("examples.json"));
        Path evil = Fixtures.modelFolder("tiny-gpt2", folder.resolve("evil"));
        ObjectNode tokenizer = (ObjectNode) Json.MAPPER.readTree(Fixtures.bytes("tokenizer.json"));
        tokenizer.set("pre_tokenizer", Json.MAPPER.readTree("""
                {"type": "Split", "pattern": {"Regex": "(a+)+$|(\\\\w+\\\\s?)+!"}, "behavior": "Isolated", "invert": false}"""));
        Files.write(evil.resolve("tokenizer.json"), Json.MAPPER.writeValueAsBytes(tokenizer));
        publish(Runs.of(name, name, evil));
        assertThat(awaitProgress(Phase.FAILED).message().orElseThrow()).contains("(a+)+$");

        String other = name + "-other";
        topics.publish(Topics.RUNS, Runs.of(other, name, tinyModel()));
        topics.await(Topics.PROGRESS, 1, progress -> progress.run().equals(other) && progress.phase() == Phase.PREPARED);
    }

    @Test
    void aModelOnAHubThatCannotBeAskedFailsTheRunWithAReason() {
        upload(name, Fixtures.bytes("examples.json"));
        DataSource data = Runs.data(name, Optional.empty(), Overlong.TERMINATE);
        publish(Runs.of(name, data, "hf:textbook/absent", Runs.training(1, 8, true, false)));
        assertThat(awaitProgress(Phase.FAILED).message().orElseThrow())
                .startsWith("hf:textbook/absent cannot be downloaded from http://127.0.0.1:1: ")
                .endsWith("; check the network, the proxy and HF_ENDPOINT, then try again");
    }

    @Test
    void anUnknownPromptStyleFailsTheRunWithAReason() {
        upload(name, Fixtures.bytes("examples.json"));
        DataSource data = DataSourceBuilder.builder()
                .dataset(name)
                .promptStyle("latin")
                .split(Split.TEXTBOOK)
                .overlong(Overlong.DROP)
                .build();
        publish(Runs.of(name, data, tinyModel().toString(), Runs.training(1, 8, true, false)));
        assertFailsWith("prompt style 'latin' is unknown; choose one of alpaca, phi3, chatml, llama-2, llama-3, zephyr, vicuna, plain");
    }

    @Test
    void rowsLongerThanTheContextFailTheRunWithAReason() {
        upload(name, Fixtures.bytes("examples.json"));
        DataSource data = Runs.data(name, Optional.of(100_000), Overlong.DROP);
        publish(Runs.of(name, data, tinyModel().toString(), Runs.training(1, 8, true, false)));
        assertThat(awaitProgress(Phase.FAILED).message().orElseThrow())
                .matches("data\\.maxLength is 100000, but the model's context holds \\d+ tokens; choose at most that");
    }

    @Test
    void aPoisonedRunGoesToTheDeadLettersAndTheChannelGoesOn() {
        upload(name, Fixtures.bytes("examples.json"));
        topics.publishText(Topics.RUNS.name(), name, "{\"run\": \"" + name + "\", \"desired\": \"DANCE\"}");
        topics.publishText(Topics.RUNS.name(), name, null);
        publish(Runs.of(name, name, tinyModel()));
        assertThat(topics.awaitDeadLetter("a record of apprentice.runs cannot be used: field 'desired'").key())
                .isEqualTo(name);
        awaitProgress(Phase.PREPARED);
    }

    private void publish(Run run) {
        topics.publish(Topics.RUNS, run);
    }

    /** Returns when the channel has processed everything published before, which shows by a failing run in the same partition. */
    private void publishBarrier() {
        await().atMost(Duration.ofSeconds(60)).until(() -> runs.of(name).run().isPresent());
        Run barrier = Runs.again(Runs.of(name + "-barrier", "unknown-dataset", folder));
        topics.publish(Topics.RUNS, barrier);
        topics.await(Topics.PROGRESS, 1, progress -> progress.run().equals(barrier.run()));
    }

    private Progress awaitProgress(Phase phase) {
        return topics.await(Topics.PROGRESS, 1, progress -> progress.run().equals(name) && progress.phase() == phase)
                .get(0);
    }

    private void assertFailsWith(String reason) {
        assertThat(awaitProgress(Phase.FAILED).message()).hasValue(reason);
        assertThat(topics.read(Topics.batches(name))).isEmpty();
    }
}
