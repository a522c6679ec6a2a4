package dev.apprentice.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.Sha256;
import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.model.Device;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.hub.ModelLocation;
import dev.apprentice.model.hub.ModelStore;
import dev.apprentice.model.ranks.Ranks;
import dev.apprentice.service.files.DurableFiles;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageException;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.service.storage.StoredModels;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.testkit.S3Server;
import dev.apprentice.trainer.TaughtRun;
import dev.apprentice.trainer.TestStorage;
import dev.apprentice.trainer.TrainerHome;
import dev.apprentice.trainer.batches.AwaitedBatches;
import dev.apprentice.trainer.batches.BatchFeed;
import dev.apprentice.trainer.batches.UnusableBatchException;
import dev.apprentice.trainer.checkpoint.CheckpointSchedule;
import dev.apprentice.trainer.checkpoint.CheckpointStore;
import dev.apprentice.trainer.checkpoint.CheckpointWriting;
import dev.apprentice.trainer.checkpoint.RemoteCheckpoints;
import dev.apprentice.trainer.checkpoint.RunKnowledge;
import dev.apprentice.trainer.progress.ProgressReport;
import dev.apprentice.trainer.progress.RunEvents;
import dev.apprentice.trainer.progress.TrainingMetrics;
import dev.apprentice.trainer.ranks.JobRanks;
import dev.apprentice.trainer.run.Attempt;
import dev.apprentice.trainer.run.FatalRunException;
import dev.apprentice.trainer.run.NoStop;
import dev.apprentice.trainer.run.RunStoppedException;
import dev.apprentice.trainer.run.RunStoppedException.Reason;
import dev.apprentice.trainer.run.StopSignal;
import dev.apprentice.trainer.run.TrainingFailedException;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that training which is interrupted anywhere and resumed ends with the same bytes as undisturbed training. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(TrainerHome.class)
class ResumeTest {

    KafkaTopics topics;

    @Inject
    KafkaClients clients;

    @Inject
    TrainingMetrics metrics;

    @Inject
    MeterRegistry meters;

    @Inject
    AwaitedBatches awaited;

    @TempDir
    Path folder;

    private CheckpointWriting writing = CheckpointWriting.BETWEEN_STEPS;
    private InstantSource clock = Clock.systemUTC();
    private StopSignal stop = new NoStop();
    private Optional<ObjectStorage> storage = Optional.empty();

    @Test
    void wheneverItCrashesTheResultIsTheSameToTheByte() throws IOException {
        Run run = publishedRun();
        RecordedEvents undisturbed = RecordedEvents.undisturbed();
        train(run, home("undisturbed"), undisturbed);
        Map<String, String> expected = contents(home("undisturbed"));
        assertThat(undisturbed.losses()).hasSize(6);
        assertThat(undisturbed.checkpoints).extracting(Checkpoint::step).containsExactly(0, 4, 6);

        writing = CheckpointWriting.WHILE_TRAINING; // unlike the undisturbed run
        for (int crashAt = 1; crashAt <= undisturbed.said(); crashAt++) {
            Path home = home("crash-" + crashAt);
            RecordedEvents before = new RecordedEvents(crashAt);
            crash(run, home, before);
            RecordedEvents after = RecordedEvents.undisturbed();
            train(run, home, after);

            assertThat(contents(home)).as("files after a crash at word %d", crashAt).isEqualTo(expected);
            Map<Integer, Double> losses = before.losses();
            losses.putAll(after.losses());
            assertThat(losses).as("losses after a crash at word %d", crashAt).isEqualTo(undisturbed.losses());
            assertThat(announced(before, after))
                    .as("checkpoints after a crash at word %d", crashAt)
                    .containsExactly(0, 4, 6);
        }
    }

    /** The checkpoint of step 0 is only written once step 2 is learned. Training that waited for the write would never get there. */
    @Test
    void stepsAreLearnedWhileACheckpointIsWrittenWhichHoldsWhatWasBefore() throws IOException {
        Run run = publishedRun();
        train(run, home("undisturbed"), RecordedEvents.undisturbed());
        writing = CheckpointWriting.WHILE_TRAINING;
        RecordedEvents events = writtenAfterStep(2);
        train(run, home("beside"), events);
        assertThat(contents(home("beside"))).isEqualTo(contents(home("undisturbed")));
        assertThat(events.checkpoints).extracting(Checkpoint::step).containsExactly(0, 4, 6);
        assertThat(events.progress).extracting(Progress::step).as("never goes back").isSorted();
        Progress announced = events.progress.stream().filter(p -> p.phase() == Phase.CHECKPOINTING).findFirst().orElseThrow();
        assertThat(announced.step()).isGreaterThanOrEqualTo(2);
        assertThat(announced.message().orElseThrow()).startsWith("checkpoint of step 0 is in ");
    }

    @Test
    void aDiskThatIsFullWhileTrainingGoesOnIsSaidAndAskedAgain() throws IOException {
        Run run = publishedRun();
        train(run, home("undisturbed"), RecordedEvents.undisturbed());
        writing = CheckpointWriting.WHILE_TRAINING;
        AtomicInteger asked = new AtomicInteger();
        clock = () -> {
            if (asked.incrementAndGet() == 2) { // the write of step 4's checkpoint, which is complete except for its state
                throw new ModelException("no space left on device");
            }
            return Instant.now();
        };
        RecordedEvents events = RecordedEvents.undisturbed();
        train(run, home("full"), events);
        assertThat(events.progress).extracting(Progress::message).contains(
                Optional.of("the checkpoint of step 4 cannot be written and will be tried again: no space left on device"));
        assertThat(events.checkpoints).extracting(Checkpoint::step).containsExactly(0, 4, 6);
        assertThat(contents(home("full"))).isEqualTo(contents(home("undisturbed")));
    }

    @Test
    void aRunThatFailsWhileACheckpointIsWrittenAnnouncesItBefore() throws IOException {
        Path model = Fixtures.modelFolder("tiny-gpt2", folder.resolve("model"));
        Run run = TaughtRun.named("poisoned", model, TaughtRun.training(1, Optional.of(4)));
        List<Batch> batches = TaughtRun.batches(run);
        TaughtRun.publish(topics, run, List.of(batches.get(0), batches.get(1), batches.get(2), batches.get(4)));
        writing = CheckpointWriting.WHILE_TRAINING;
        RecordedEvents events = writtenAfterStep(2);
        assertThatThrownBy(() -> train(run, home("poisoned"), events)).isInstanceOf(UnusableBatchException.class);
        assertThat(events.checkpoints).extracting(Checkpoint::step).containsExactly(0);
    }

    @Test
    void aStepThatFailsForWantOfMemoryHasTheCheckpointUnderWayAnnounced() throws IOException {
        Run run = publishedRun();
        writing = CheckpointWriting.WHILE_TRAINING;
        RecordedEvents events = writtenAfterStep(2, new OutOfMemoryError("Java heap space"));
        assertThatThrownBy(() -> train(run, home("starved"), events)).isInstanceOf(OutOfMemoryError.class);
        assertThat(events.checkpoints).extracting(Checkpoint::step).containsExactly(0);
    }

    private RecordedEvents writtenAfterStep(int step) {
        return writtenAfterStep(step, null);
    }

    /**
     * Returns events for a run whose first checkpoint is only written after the given step is learned. It delays the store's
     * clock, which is read at the end of writing.
     *
     * @param failure thrown when that step is reported; null for none
     */
    private RecordedEvents writtenAfterStep(int step, Error failure) {
        CountDownLatch learned = new CountDownLatch(1);
        clock = () -> {
            try {
                assertThat(learned.await(1, TimeUnit.MINUTES)).as("step %d is learned meanwhile", step).isTrue();
                return Instant.now();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        return new RecordedEvents(Integer.MAX_VALUE) {
            @Override
            public void report(Progress event) {
                super.report(event);
                if (event.phase() == Phase.TRAINING && event.step() == step) {
                    learned.countDown();
                    if (failure != null) {
                        throw failure;
                    }
                }
            }
        };
    }

    @Test
    void aStepTrainedAgainAfterACrashHasTheLossItHadBefore() throws IOException {
        Run run = publishedRun();
        RecordedEvents before = new RecordedEvents(11); // after step 5, which has no checkpoint
        crash(run, home("again"), before);
        RecordedEvents after = RecordedEvents.undisturbed();
        train(run, home("again"), after);
        assertThat(after.losses()).containsAllEntriesOf(tail(before.losses(), after.losses().keySet().iterator().next()));
    }

    /** Otherwise the alert about a diverging loss would compare a run with the previous one. */
    @Test
    void gaugesAreOfTheRunInTrainingAloneAndSayWhetherThereIsOne() throws IOException {
        Run run = publishedRun();
        crash(run, home("watched"), new RecordedEvents(11)); // after step 5, which has no checkpoint
        assertThat(gauge("first.validation.loss")).isNotNaN();
        List<Double> inTraining = new ArrayList<>();
        List<Double> firstLoss = new ArrayList<>();
        RecordedEvents after = new RecordedEvents(Integer.MAX_VALUE) {
            @Override
            public void report(Progress event) {
                super.report(event);
                if (event.phase() == Phase.TRAINING) {
                    inTraining.add(gauge("training"));
                    firstLoss.add(gauge("first.validation.loss"));
                }
            }
        };
        train(run, home("watched"), after);

        List<Double> evaluations = after.progress.stream().filter(event -> event.phase() == Phase.EVALUATING)
                .map(event -> event.figures().validationLoss().orElseThrow()).toList();
        assertThat(inTraining).hasSize(2).containsOnly(1.0); // steps 5 and 6
        assertThat(firstLoss).containsOnly(Double.NaN); // the loss at step 4 was measured before the crash
        assertThat(gauge("first.validation.loss")).isEqualTo(evaluations.get(0));
        assertThat(gauge("training")).isZero();
        assertThat(gauge("caught.up")).isZero();
    }

    private double gauge(String name) {
        return meters.get("apprentice.trainer." + name).gauge().value();
    }

    @Test
    void aCheckpointAnnouncedAfterACrashBelongsToTheTracesThatLedToItStill() throws IOException {
        Path model = Fixtures.modelFolder("tiny-gpt2", folder.resolve("model"));
        Run run = TaughtRun.named("traced", model, TaughtRun.training(1, Optional.of(4)));
        topics.create(Topics.batches(run.run()));
        for (Batch batch : TaughtRun.batches(run)) {
            String trace = "%032x".formatted(batch.index() + 1);
            topics.publish(
                    Topics.batches(run.run()), batch, Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        }
        crash(run, home("traced"), new RecordedEvents(9)); // after step 4, whose checkpoint is on disk and not announced
        RecordedEvents after = RecordedEvents.undisturbed();
        train(run, home("traced"), after);
        assertThat(after.checkpoints).extracting(Checkpoint::step).containsExactly(4, 6);
        assertThat(after.traces).containsExactly("%032x".formatted(1), "%032x".formatted(5));
    }

    @Test
    void whatACrashLeftHalfWrittenIsCleanedAway() throws IOException {
        Run run = publishedRun();
        Path home = home("half");
        Path half = DurableFiles.temporaryFor(home.resolve("checkpoints/step-000000"));
        Files.createDirectories(half);
        Files.writeString(half.resolve("model.safetensors"), "half a mod");
        train(run, home, RecordedEvents.undisturbed());
        assertThat(half).doesNotExist();
    }

    /** Without a digest, most flipped bits of the optimizer's state were used silently. */
    @Test
    void aFlippedBitInTheOptimizersStateIsSaidAndTheResultIsTheSameToTheByte() throws IOException {
        Run run = publishedRun();
        train(run, home("undisturbed"), RecordedEvents.undisturbed());
        crash(run, home("rotten"), new RecordedEvents(11)); // after step 5: the checkpoints of steps 0 and 4 exist
        Path optimizer = home("rotten").resolve("checkpoints/step-000004/trainer/optimizer.safetensors");
        byte[] bytes = Files.readAllBytes(optimizer);
        bytes[bytes.length - 2] ^= 64;
        Files.write(optimizer, bytes);
        RecordedEvents after = RecordedEvents.undisturbed();
        train(run, home("rotten"), after);

        assertThat(after.progress.get(0).message().orElseThrow()).isEqualTo("resumed from the checkpoint of step 0; the"
                + " checkpoint of step 4 is damaged (trainer/optimizer.safetensors has changed since it was written) and was moved to "
                + home("rotten").resolve("checkpoints/step-000004/trainer.damaged"));
        assertThat(after.losses()).containsOnlyKeys(1, 2, 3, 4, 5, 6);
        assertThat(contents(home("rotten"))).isEqualTo(contents(home("undisturbed")));
    }

    @Test
    void whereNoCheckpointCanBeUsedTheRunSaysSoAndBeginsAnew() throws IOException {
        Run run = publishedRun();
        train(run, home("undisturbed"), RecordedEvents.undisturbed());
        crash(run, home("rotten"), new RecordedEvents(11));
        for (String step : List.of("step-000000", "step-000004")) {
            Files.writeString(home("rotten").resolve("checkpoints").resolve(step).resolve("trainer/state.json"), "{");
        }
        RecordedEvents after = RecordedEvents.undisturbed();
        train(run, home("rotten"), after);
        assertThat(after.progress.get(0).message().orElseThrow())
                .startsWith("training starts over, because no checkpoint is usable; the checkpoint of step 4 is damaged")
                .contains("; the checkpoint of step 0 is damaged (trainer/state.json has changed since it was written)");
        assertThat(contents(home("rotten"))).isEqualTo(contents(home("undisturbed")));
    }

    @Test
    void aRunThatEndedTheServiceTwiceBeforeItsFirstStepFailsAndNothingOfItIsLoaded() throws IOException {
        Run run = publishedRun();
        Attempt.begin(home("bomb"), "training"); // never closed: the process died
        Attempt.begin(home("bomb"), "training");
        assertThatThrownBy(() -> train(run, home("bomb"), RecordedEvents.undisturbed()))
                .isInstanceOf(FatalRunException.class);
        assertThat(home("bomb").resolve("checkpoints")).doesNotExist();
    }

    @Test
    void afterEachStepItIsOnDiskWhereTheRunEndsTheServiceIfItDoes() throws IOException {
        Run run = publishedRun();
        Path count = home("healthy").resolve("training.attempts");
        RecordedEvents events = new RecordedEvents(Integer.MAX_VALUE) {
            @Override
            public void report(Progress event) {
                if (event.step() > 0) {
                    assertThat(count).hasContent("1 %1$d %1$d 1".formatted(event.step()));
                }
                super.report(event);
            }
        };
        train(run, home("healthy"), events);
        assertThat(events.losses()).hasSize(6);
        assertThat(count).doesNotExist();
    }

    @Test
    void aCheckpointThatOthersKnowIsNotAnnouncedAgain() throws IOException {
        Run run = publishedRun();
        train(run, home("known"), RecordedEvents.undisturbed());
        RecordedEvents again = RecordedEvents.undisturbed();
        training(run, home("known"), again, true).train();
        assertThat(again.checkpoints).isEmpty();
    }

    @Test
    void howeverShortItsTurnsAreEachLearnsAStepAndTheResultIsTheSameToTheByte() throws IOException {
        Run run = publishedRun();
        train(run, home("undisturbed"), RecordedEvents.undisturbed());
        RecordedEvents inTurns = RecordedEvents.undisturbed();
        int turns = 1;
        while (isPaused(training(run, home("turns"), inTurns, false, waiting -> true))) {
            assertThat(inTurns.losses()).as("losses after turn %d", turns).hasSize(turns);
            turns++;
        }
        assertThat(turns).isEqualTo(6);
        assertThat(contents(home("turns"))).isEqualTo(contents(home("undisturbed")));
    }

    @Test
    void whatAStreamHadLearnedWhenItWasPausedIsPublishedWhenItsTimeIsUpThoughNothingMoreComes() throws IOException {
        Path model = Fixtures.modelFolder("tiny-gpt2", folder.resolve("model"));
        Run run = TaughtRun.stream("idle", model, TaughtRun.training(1, Optional.empty()));
        TaughtRun.publish(topics, run, TaughtRun.batches(run).subList(0, 3));
        AtomicLong nanos = new AtomicLong();
        CheckpointSchedule schedule = CheckpointSchedule.of(
                run.specification().training(), Optional.of(Duration.ofMinutes(10)), nanos::get);
        RecordedEvents said = RecordedEvents.undisturbed();
        for (int minutes : List.of(0, 6, 12, 18)) { // each turn ends as soon as there is nothing to learn
            nanos.set(Duration.ofMinutes(minutes).toNanos());
            assertThat(schedule.isDueWhilePaused()).isEqualTo(minutes == 12);
            assertThat(isPaused(training(run, home("idle"), said, true, waiting -> waiting, schedule))).isTrue();
            assertThat(said.checkpoints).extracting(Checkpoint::step).isEqualTo(minutes < 12 ? List.of(0) : List.of(0, 2));
        }
        assertThat(said.losses()).containsOnlyKeys(1, 2);
    }

    private static boolean isPaused(RunTraining training) throws IOException {
        try {
            training.train();
            return false;
        } catch (TurnOverException e) {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAdapterWithDropoutInPassesOfSoManyTokensEndsTheSameToTheByteAndOthersCanOpenIt(boolean merge) throws IOException {
        Run run = publishedRun(TaughtRun.training(
                1,
                Map.of(
                        "checkpointEvery", 4,
                        "tokensPerBatch", 600,
                        "activationCheckpointing", true,
                        "weightDecayOn", "MATRICES",
                        "lora", Map.of("rank", 2, "dropout", 0.25, "targets", List.of("c_attn"), "merge", merge))));
        train(run, home("whole"), RecordedEvents.undisturbed());
        RecordedEvents before = new RecordedEvents(11); // after step 5
        crash(run, home("cut"), before);
        assertThat(before.losses()).containsKey(4);
        train(run, home("cut"), RecordedEvents.undisturbed());
        assertThat(contents(home("cut"))).isEqualTo(contents(home("whole")));

        Path last = home("whole").resolve("checkpoints/step-000006");
        assertThat(last.resolve(merge ? "adapter/adapter_config.json" : "adapter_config.json")).exists();
        assertThat(Files.exists(last.resolve("model.safetensors"))).isEqualTo(merge);
        int[] prompt = {72, 101, 108, 108, 111};
        try (LanguageModel base = LanguageModel.load(ModelFolder.open(folder.resolve("model")));
                LanguageModel tuned = LanguageModel.load(ModelFolder.open(last))) {
            assertThat(tuned.logits(prompt)).isNotEqualTo(base.logits(prompt));
        }
    }

    @Test
    void aStoreThatIsAwayInTheMiddleOfTrainingChangesNothingOfWhatIsLearnedKeptAndAnnounced() throws IOException {
        Run run = publishedRun();
        try (S3Server server = new S3Server()) {
            storage = Optional.of(TestStorage.at(server.endpoint()));
            RecordedEvents undisturbed = RecordedEvents.undisturbed();
            train(run, home("undisturbed"), undisturbed);
            RecordedEvents events = new AwayBehindTheFirst(server) {
                @Override
                public void report(Progress event) {
                    super.report(event);
                    if (event.message().filter(said -> said.startsWith("the checkpoint of step 4 cannot be written")).isPresent()) {
                        server.connection().comeBack();
                    }
                }
            };
            train(run, home("away"), events);

            assertThat(events.progress).extracting(event -> event.message().orElse(""))
                    .anySatisfy(said -> assertThat(said).startsWith("the checkpoint of step 4 cannot be written and will be tried again: "
                            + place(home("away")) + "/step-000004 cannot be reached"));
            assertThat(events.losses()).isEqualTo(undisturbed.losses());
            assertThat(contents(home("away"))).isEqualTo(contents(home("undisturbed")));
            assertThat(events.checkpoints).usingRecursiveComparison().ignoringFields("uri", "createdAt")
                    .isEqualTo(undisturbed.checkpoints);
            assertThat(events.checkpoints).extracting(Checkpoint::uri).containsExactly(
                    place(home("away")) + "/step-000000", place(home("away")) + "/step-000004", place(home("away")) + "/step-000006");
            assertThat(stored(server, "away")).hasSize(20).isEqualTo(stored(server, "undisturbed"));
        }
    }

    /** The trainer retries until the run has ended. */
    @Test
    void aRunCancelledWhileTheStoreIsAwayEndsOnceItsLastCheckpointIsThereAndAnnounced() throws IOException {
        Run run = publishedRun();
        AtomicBoolean cancelled = new AtomicBoolean();
        stop = new StopSignal() {
            @Override
            public void check() {
                if (cancelled.get()) {
                    throw new RunStoppedException(Reason.CANCELLED);
                }
            }

            @Override
            public void pause(Duration duration) {
                check();
            }
        };
        try (S3Server server = new S3Server()) {
            storage = Optional.of(TestStorage.at(server.endpoint()));
            RecordedEvents events = new AwayBehindTheFirst(server) {
                @Override
                public void report(Progress event) {
                    super.report(event);
                    cancelled.set(cancelled.get() || event.step() == 5);
                }
            };
            for (int asked = 0; asked < 2; asked++) {
                assertThatThrownBy(() -> train(run, home("cancelled"), events)).isInstanceOf(StorageException.class);
                assertThat(events.checkpoints).extracting(Checkpoint::step).containsExactly(0);
            }
            server.connection().comeBack();
            assertThatThrownBy(() -> train(run, home("cancelled"), events)).isInstanceOf(RunStoppedException.class);
            assertThat(events.checkpoints).extracting(Checkpoint::step).containsExactly(0, 5);
            assertThat(server.keys()).contains("cancelled/step-000005/SHA256SUMS", "cancelled/step-000005/model.safetensors");
        }
    }

    @Test
    void aBaseModelInAStoreThatIsAnotherWhenTheRunIsResumedIsRefusedAndPutBackItGoesOn() throws IOException {
        ModelStore before = ModelLocation.store();
        try (S3Server server = new S3Server()) {
            StoredModels models = TestStorage.models(server.endpoint(), home("cache"));
            ModelLocation.readFrom(new ModelStore(
                    StorageUri::isOne, location -> models.fetch(location, true), models::location, models::version));
            Path model = Fixtures.modelFolder("tiny-gpt2", folder.resolve("model"));
            for (Path file : DurableFiles.children(model)) {
                server.put("models/tiny/" + file.getFileName(), Files.readAllBytes(file));
            }
            Run run = TaughtRun.from("s3://" + S3Server.BUCKET + "/models/tiny", "pinned", TaughtRun.training(1, Optional.of(4)));
            TaughtRun.publishBatches(topics, run);
            crash(run, home("pinned"), new RecordedEvents(11)); // after step 5
            byte[] tokenizer = server.bytes("models/tiny/tokenizer.json");
            server.put("models/tiny/tokenizer.json", (new String(tokenizer, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> train(run, home("pinned"), RecordedEvents.undisturbed()))
                    .isInstanceOf(TrainingFailedException.class)
                    .hasMessageStartingWith("the base model at s3://" + S3Server.BUCKET + "/models/tiny has changed since this run began"
                            + " (it was sha256:");
            server.put("models/tiny/tokenizer.json", tokenizer);
            RecordedEvents after = RecordedEvents.undisturbed();
            train(run, home("pinned"), after);
            assertThat(after.checkpoints).extracting(Checkpoint::step).containsExactly(4, 6);
        } finally {
            ModelLocation.readFrom(before);
        }
    }

    /** Makes the store unavailable from the announcement of the first checkpoint on. */
    private static class AwayBehindTheFirst extends RecordedEvents {

        private final S3Server server;

        AwayBehindTheFirst(S3Server server) {
            super(Integer.MAX_VALUE);
            this.server = server;
        }

        @Override
        public void announce(Checkpoint checkpoint, Progress event) {
            super.announce(checkpoint, event);
            if (checkpoint.step() == 0) {
                server.connection().goAway();
            }
        }
    }

    private static StorageUri place(Path home) {
        return StorageUri.parse("s3://" + S3Server.BUCKET + "/" + home.getFileName());
    }

    /** Returns the digests of a run's files in the store, except the files that depend on the time. */
    private static Map<String, String> stored(S3Server server, String home) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String key : server.keys()) {
            if (key.startsWith(home + "/") && !key.endsWith("/state.json") && !key.endsWith("/SHA256SUMS")) {
                files.put(key.substring(home.length()), Sha256.of(server.bytes(key)));
            }
        }
        return files;
    }

    private Run publishedRun() {
        return publishedRun(TaughtRun.training(1, Optional.of(4)));
    }

    private Run publishedRun(Training training) {
        Path model = Fixtures.modelFolder("tiny-gpt2", folder.resolve("model"));
        Run run = TaughtRun.named("resumed", model, training);
        TaughtRun.publishBatches(topics, run);
        return run;
    }

    private Path home(String name) {
        return folder.resolve(name);
    }

    private void crash(Run run, Path home, RecordedEvents events) throws IOException {
        try {
            train(run, home, events);
        } catch (RecordedEvents.Crash crash) {
            return;
        }
        throw new AssertionError("it was to crash");
    }

    private void train(Run run, Path home, RecordedEvents events) throws IOException {
        training(run, home, events, false).train();
    }

    private RunTraining training(Run run, Path home, RunEvents events, boolean announced) {
        return training(run, home, events, announced, waiting -> false);
    }

    private RunTraining training(Run run, Path home, RunEvents events, boolean announced, TrainingTurn turn) {
        CheckpointSchedule schedule =
                CheckpointSchedule.of(run.specification().training(), Optional.empty(), System::nanoTime);
        return training(run, home, events, announced, turn, schedule);
    }

    private RunTraining training(
            Run run, Path home, RunEvents events, boolean announced, TrainingTurn turn, CheckpointSchedule schedule) {
        return new RunTraining(
                new RunContext(
                        run,
                        home,
                        events,
                        new ProgressReport(run, Clock.systemUTC()),
                        metrics,
                        stop,
                        turn,
                        schedule,
                        new Unpublished(OpenTelemetry.noop().getTracer("test"), metrics, Clock.systemUTC())),
                new CheckpointStore(home, clock, storage.map(store -> new RemoteCheckpoints(store, place(home)))),
                () -> new BatchFeed(clients.consumer("test", BatchFeed.consumerSettings()), run.run(), false, stop, awaited),
                new RunKnowledge() {
                    @Override
                    public boolean isAnnounced(int step) {
                        return announced;
                    }

                    @Override
                    public boolean isReferredTo(int step) {
                        return false;
                    }

                    @Override
                    public Set<Integer> reported() {
                        return Set.of();
                    }
                },
                new Practice(new JobRanks(Ranks.ALONE), Device.CPU, 10, Duration.ZERO, writing));
    }

    private static Stream<Integer> announced(RecordedEvents before, RecordedEvents after) {
        return Stream.concat(before.checkpoints.stream(), after.checkpoints.stream())
                .map(Checkpoint::step)
                .distinct()
                .sorted();
    }

    private static Map<Integer, Double> tail(Map<Integer, Double> losses, int from) {
        return ((TreeMap<Integer, Double>) losses).tailMap(from);
    }

    /** Returns every file of every checkpoint, without the time of writing and the checksum that covers it. */
    private static Map<String, String> contents(Path home) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                contents.put(
                        home.relativize(file).toString(),
                        file.endsWith("state.json") ? timeless(file) : HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private static String timeless(Path stateJson) throws IOException {
        JsonNode state = Json.MAPPER.readTree(stateJson.toFile());
        assertThat(((ObjectNode) state).remove("createdAt")).isNotNull();
        assertThat(((ObjectNode) state).remove("checksum")).isNotNull();
        return state.toString();
    }
}
