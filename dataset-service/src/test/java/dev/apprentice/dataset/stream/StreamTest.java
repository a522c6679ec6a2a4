package dev.apprentice.dataset.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Batch.SplitName;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.Prompt;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Overlong;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.Runs;
import dev.apprentice.dataset.ServiceTest;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.dataset.run.RunFolders;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.testkit.KafkaTopics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StreamTest extends ServiceTest {

    private static final Split ALL_TRAIN = new Split(Split.Policy.HASH, 1, 0);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Inject
    RunFolders runs;

    @Inject
    MeterRegistry registry;

    private Run started;

    @AfterEach
    void cancel() {
        if (started != null) {
            topics.publish(Topics.RUNS, started.cancelled(Instant.now()));
        }
    }

    @Test
    void learnsWhatTheDatasetHeldInShuffledOrderAndThenWhatComes() {
        upload(name, examples(8));
        start(ALL_TRAIN, 4, LONG, 0);
        List<Batch> held = awaitBatches(2);
        assertThat(ids(held)).hasSize(8).doesNotHaveDuplicates();
        assertThat(held).extracting(Batch::key).containsExactly("train/1/0", "train/1/1");
        assertThat(held).allSatisfy(batch -> {
            assertThat(batch.of()).isEmpty();
            assertThat(batch.replayed()).contains(0);
            assertThat(batch.instructionOffsets()).isEmpty();
        });

        Instant before = Instant.now().minusMillis(1);
        teach("a", "b", "c", "d");
        Batch came = awaitBatches(3).get(2);
        assertThat(came.examples().orElseThrow()).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(came.instructionOffsets().orElseThrow()).isEqualTo(offsetsBehind("a", "b", "c", "d"));
        assertThat(came.oldestInstructionAt().orElseThrow()).isBetween(before, came.newestInstructionAt().orElseThrow());
        assertThat(awaitPrepared().message())
                .hasValue("8 examples to learn, 0 for the exam and 0 to validate with so far; new examples follow as they come");
    }

    @Test
    void saysHowManyExamplesOfItsDatasetAreDuplicatesAndWhatOfThemIsNotLearned() {
        String sing = "{\"instruction\": \"Sing.\", \"output\": \"La.\", \"topic\": \"song\"}\n";
        upload(name, (sing.repeat(3) + new String(examples(3))).getBytes());
        start(ALL_TRAIN, 4, LONG, 0);
        assertThat(awaitPrepared().message()).hasValue("4 examples to learn, 0 for the exam and 0 to validate with so far; new examples"
                + " follow as they come; 2 repeat another one and are learned or asked once; not learned: 'topic' of 3 examples");
    }

    @Test
    void aStreamWhoseBatchesAreDeletedFailsWithTheReasonAndARunOfAnotherNameLearnsAllOfIt() {
        String dataset = name;
        start(ALL_TRAIN, 2, LONG, 0);
        teach("a", "b");
        awaitBatches(1);
        topics.delete(Topics.batches(name));
        Progress failed = topics.await(
                        Topics.PROGRESS, 1, progress -> progress.run().equals(name) && progress.phase() == Phase.FAILED)
                .get(0);
        assertThat(failed.message()).hasValue("the topic apprentice.batches." + name + " was deleted while the run's batches"
                + " were written to it; start a run of another name, which begins with all that its dataset holds");

        name = name + "-again";
        start(dataset, ALL_TRAIN, 2, LONG, 0);
        assertThat(ids(awaitBatches(1))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aDatasetThatDoesNotExistYetIsWaitedFor() {
        start(ALL_TRAIN, 2, LONG, 0);
        teach("a", "b");
        assertThat(ids(awaitBatches(1))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void anExampleThatLingersComesInABatchThatIsNotFull() {
        start(ALL_TRAIN, 100, SHORT, 0);
        teach("a");
        assertThat(ids(awaitBatches(1))).containsExactly("a");
        teach("b");
        assertThat(ids(awaitBatches(2))).containsExactly("a", "b");
    }

    @Test
    void theSameIdOrTheSameTextIsLearnedOnceACorrectionReplacesAndAWithdrawnExampleIsNot() {
        start(ALL_TRAIN, 5, LONG, 0);
        teach("a", "b");
        teach("a");
        topics.publish(Topics.INSTRUCTIONS, new Instruction(name, "b-again", "Say b.", "", "b"));
        topics.publish(Topics.INSTRUCTIONS, new Instruction(name, "wrong", "Say right.", "", "wrong"));
        topics.publish(Topics.INSTRUCTIONS, new Instruction(name, "wrong", "Say right.", "", "right"));
        teach("withdrawn");
        topics.publishText(Topics.INSTRUCTIONS.name(), name + "/withdrawn", null);
        topics.publishText(Topics.INSTRUCTIONS.name(), name, "{\"dataset\": \"" + name + "\", \"example\": \"poison\"}");
        topics.publishText(Topics.INSTRUCTIONS.name(), name + "/new", """
                {"dataset": "%s", "example": "new", "instruction": "Say new.", "output": "new", "invented_later": {"x": 1}}"""
                .formatted(name));
        teach("last");

        Batch batch = awaitBatches(1).get(0);
        assertThat(batch.examples().orElseThrow()).hasSize(5).contains("a", "new", "wrong", "last").containsAnyOf("b", "b-again");
        assertThat(texts(batch)).anyMatch(text -> text.endsWith("### Response:\nright")).noneMatch(text -> text.endsWith("wrong"));
        assertThat(topics.awaitDeadLetter("field 'instruction' is missing").key()).isNotNull();
    }

    @Test
    void aShareOfEveryBatchRepeatsWhatWasLearnedButNothingThatWasTakenBack() {
        upload(name, examples(4));
        start(ALL_TRAIN, 4, LONG, 0.5);
        Batch first = awaitBatches(1).get(0);
        assertThat(first.replayed()).contains(0);
        double withdrawn = counted("withdrawn");
        List<String> learned = first.examples().orElseThrow();
        learned.subList(0, 3).forEach(id -> topics.publishText(Topics.INSTRUCTIONS.name(), name + "/" + id, null));
        // the topic orders records of one key only, so a withdrawal may arrive after another example's arrival
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> counted("withdrawn") >= withdrawn + 3);

        teach(IntStream.range(0, 11).mapToObj(i -> "n" + i).toArray(String[]::new));
        List<Batch> batches = awaitBatches(6);
        assertThat(batches.subList(1, 6)).allSatisfy(batch -> {
            int repeated = batch.replayed().orElseThrow();
            assertThat(repeated).isBetween(1, 2);
            assertThat(batch.examples().orElseThrow()).doesNotHaveDuplicates();
            assertThat(batch.examples().orElseThrow()).doesNotContainAnyElementsOf(learned.subList(0, 3));
        });
        assertThat(newIds(batches.subList(1, 6))).containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 11).mapToObj(i -> "n" + i).toList());
    }

    @Test
    void whatIsHeldOutIsNeverLearnedValidatesFirstAndIsAskedOfEveryCheckpointAsFarAsItIsKnown() {
        upload(name, examples(40));
        start(new Split(Split.Policy.HASH, 0.5, 0.25), 4, SHORT, 0);
        topics.publish(Topics.CHECKPOINTS, checkpoint(0));
        List<Prompt> base = awaitPrompts(0);
        teach(IntStream.range(0, 20).mapToObj(i -> "n" + i).toArray(String[]::new));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> lines() > base.size());
        topics.publish(Topics.CHECKPOINTS, checkpoint(5));
        List<Prompt> later = awaitPrompts(5);

        List<Batch> batches = topics.read(Topics.batches(name));
        assertThat(batches.get(0).key()).isEqualTo("validation/0/0");
        long validation = batches.stream().filter(batch -> batch.split() == SplitName.VALIDATION).count();
        assertThat(validation).isEqualTo(batches.get(0).of().orElseThrow().longValue()).isPositive();
        assertThat(batches).extracting(Batch::split)
                .startsWith(IntStream.range(0, (int) validation).mapToObj(i -> SplitName.VALIDATION).toArray(SplitName[]::new));
        assertThat(later).extracting(Prompt::example).containsAll(base.stream().map(Prompt::example).toList());
        assertThat(later.size()).isGreaterThan(base.size());
        assertThat(newIds(batches)).doesNotContainAnyElementsOf(later.stream().map(Prompt::example).toList());
    }

    @Test
    void aRunThatBeginsWithNothingWaitsForABatchToValidateWith() {
        start(new Split(Split.Policy.HASH, 0.5, 0), 2, LONG, 0);
        teach(IntStream.range(0, 12).mapToObj(i -> "n" + i).toArray(String[]::new));
        topics.await(Topics.batches(name), 1, batch -> batch.split() == SplitName.TRAIN);
        Batch first = topics.read(Topics.batches(name)).get(0);
        assertThat(first.key()).isEqualTo("validation/0/0");
        assertThat(first.rows()).isEqualTo(2);
    }

    @Test
    void aStreamSaysThatToolsOfItsExamplesAreNotLearned() {
        start(ALL_TRAIN, 1, LONG, 0);
        teach("plain");
        topics.publish(Topics.INSTRUCTIONS, new Instruction(name, "a", "Is it hot in Rome?", "", "Let me look.", "", List.of(), "",
                Optional.empty(), Optional.empty(), List.of(Map.of("type", "function", "function", Map.of("name", "weather")))));
        Progress said = topics.await(Topics.PROGRESS, 2, progress -> progress.run().equals(name) && progress.phase() == Phase.PREPARED)
                .get(1);
        assertThat(said.message().orElseThrow())
                .contains("; tool descriptions of 1 example are not learned: the prompt style alpaca does not write them");
        assertThat(ids(awaitBatches(2))).containsExactly("plain", "a");
    }

    @Test
    void aBatchBelongsToTheTraceOfItsInstructions() {
        start(ALL_TRAIN, 1, LONG, 0);
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        topics.publish(
                Topics.INSTRUCTIONS,
                new Instruction(name, "a", "Say a.", "", "a"),
                Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        awaitBatches(1);
        ConsumerRecord<String, byte[]> record = topics.records(Topics.batches(name).name()).get(0);
        assertThat(KafkaTopics.header(record, "traceparent")).startsWith("00-" + trace + "-").doesNotContain("00f067aa0ba902b7");
    }

    @Test
    void aCancelledStreamEndsAndOneThatIsWantedAgainGoesOnWhereItStood() {
        start(ALL_TRAIN, 2, LONG, 0);
        teach("a", "b");
        awaitBatches(1);
        topics.publish(Topics.RUNS, started.cancelled(Instant.now()));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !runs.of(name).isWanted());
        teach("c", "d");
        topics.publish(Topics.RUNS, Runs.again(started));
        List<Batch> batches = awaitBatches(2);
        assertThat(batches).extracting(Batch::index).containsExactly(0, 1);
        assertThat(ids(batches)).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void aStreamThatFailedAtItsTrainerGetsNoMoreBatchesUntilItIsAskedForAgain() throws IOException {
        String dataset = name;
        start(ALL_TRAIN, 2, LONG, 0);
        Run failed = started;
        teach("a", "b");
        awaitBatches(1);
        topics.publish(Topics.PROGRESS, failedAtItsTrainer());
        RunFolder folder = runs.of(name);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !folder.isUnprepared());

        teach("c", "d");
        name = dataset + "-beside";
        start(dataset, ALL_TRAIN, 2, LONG, 0);
        awaitBatches(2); // everything that the first run would have made batches from
        topics.publish(Topics.RUNS, started.cancelled(Instant.now()));
        name = dataset;
        assertThat(ids(awaitBatches(1))).containsExactlyInAnyOrder("a", "b");

        started = Runs.again(failed);
        topics.publish(Topics.RUNS, started);
        assertThat(ids(awaitBatches(2))).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void aDiskThatDoesNotTakeAStreamsStateIsSaidAndAllOfItIsPublishedWhenTheDiskTakesIt() throws IOException {
        start(ALL_TRAIN, 2, LONG, 0);
        teach("a", "b");
        awaitBatches(1);
        Path redo = runs.of(name).stream().resolve("state/redo.json");
        Files.delete(redo);
        Path inTheWay = Files.createDirectories(redo.resolve("in-the-way")); // acts as a full disk, for root too
        teach("c", "d");
        Progress waiting = topics.await(
                        Topics.PROGRESS, 1, progress -> progress.run().equals(name) && progress.phase() == Phase.WAITING)
                .get(0);
        assertThat(waiting.message().orElseThrow())
                .startsWith("dataset-service's disk cannot be used now; dataset-service will retry: the run's state in "
                        + redo.getParent() + " cannot be written: ");
        assertThat(ids(awaitBatches(1))).containsExactlyInAnyOrder("a", "b");

        Files.delete(inTheWay);
        Files.delete(redo);
        assertThat(ids(awaitBatches(2))).containsExactlyInAnyOrder("a", "b", "c", "d");
        topics.await(Topics.PROGRESS, 2, progress -> progress.run().equals(name) && progress.phase() == Phase.PREPARED);
    }

    private Progress failedAtItsTrainer() {
        return ProgressBuilder.builder()
                .run(name)
                .at(Instant.now())
                .phase(Phase.FAILED)
                .step(7)
                .epoch(1)
                .epochs(0)
                .tokensSeen(0)
                .message("training has diverged")
                .build();
    }

    private void start(Split split, int batchSize, Duration linger, double replay) {
        start(name, split, batchSize, linger, replay);
    }

    private void start(String dataset, Split split, int batchSize, Duration linger, double replay) {
        DataSource data = DataSourceBuilder.builder()
                .dataset(dataset)
                .promptStyle("alpaca")
                .split(split)
                .overlong(Overlong.TERMINATE)
                .source(Source.STREAM)
                .linger(linger)
                .replay(replay)
                .build();
        Training training = Runs.training(1, batchSize, true, false);
        started = Runs.of(name, data, tinyModel().toString(), training);
        topics.publish(Topics.RUNS, started);
        awaitPrepared(); // examples written from here on count as arrivals, not as part of the snapshot
    }

    private Progress awaitPrepared() {
        return topics.await(Topics.PROGRESS, 1, progress -> progress.run().equals(name) && progress.phase() == Phase.PREPARED)
                .get(0);
    }

    /** Writes examples whose texts contain their ids. */
    private void teach(String... ids) {
        for (String id : ids) {
            topics.publish(Topics.INSTRUCTIONS, new Instruction(name, id, "Say " + id + ".", "", id));
        }
    }

    private List<Batch> awaitBatches(int count) {
        List<Batch> batches = topics.await(Topics.batches(name), count, batch -> batch.split() == SplitName.TRAIN);
        assertThat(batches).hasSize(count);
        return batches;
    }

    private List<Prompt> awaitPrompts(int step) {
        List<Prompt> some = topics.await(Topics.PROMPTS, 1, prompt -> prompt.run().equals(name) && prompt.step() == step);
        return topics.await(Topics.PROMPTS, some.get(0).of(), prompt -> prompt.run().equals(name) && prompt.step() == step);
    }

    private long lines() throws IOException {
        try (var lines = Files.lines(runs.of(name).exam())) {
            return lines.count();
        }
    }

    private static List<String> ids(Collection<Batch> batches) {
        return batches.stream().flatMap(batch -> batch.examples().orElse(List.of()).stream()).toList();
    }

    private static List<String> newIds(Collection<Batch> batches) {
        return batches.stream()
                .filter(batch -> batch.split() == SplitName.TRAIN)
                .flatMap(batch -> batch.examples().orElseThrow().stream().limit(batch.rows() - batch.replayed().orElseThrow()))
                .toList();
    }

    /** Returns the rows as text, without the end-of-text. */
    private List<String> texts(Batch batch) {
        List<String> texts = new ArrayList<>();
        int start = 0;
        try (Tokenizer tokenizer = Tokenizer.load(folder.resolve("model/tokenizer.json"))) {
            for (int length : batch.rowLengths()) {
                texts.add(tokenizer.decode(Arrays.copyOfRange(batch.tokens(), start, start + length - 1)));
                start += length;
            }
        }
        return texts;
    }

    private Map<Integer, Long> offsetsBehind(String... ids) {
        Map<Integer, Long> offsets = new HashMap<>();
        Set<String> keys = Stream.of(ids).map(id -> name + "/" + id).collect(Collectors.toSet());
        topics.records(Topics.INSTRUCTIONS.name()).stream()
                .filter(record -> keys.contains(record.key()))
                .forEach(record -> offsets.merge(record.partition(), record.offset() + 1, Math::max));
        return offsets;
    }

    private double counted(String result) {
        return registry.get("apprentice.dataset.stream.examples").tag("result", result).counter().count();
    }

    private Checkpoint checkpoint(int step) {
        return new Checkpoint(name, step, 1, false, "file:///c/" + name + "/" + step, "sha256:" + step, Optional.empty(),
                Optional.empty(), 0, 0, "alpaca", Instant.parse("2026-01-02T03:04:05Z"));
    }
}
