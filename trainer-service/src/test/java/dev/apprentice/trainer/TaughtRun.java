package dev.apprentice.trainer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Batch.SplitName;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.run.TrainingBuilder;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.model.tokenizer.TokenizedRow;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Runs with the fixtures' training: tiny-gpt2 learns entries 0 to 47 in their order, 8 a step, and is evaluated on entries 51 to
 * 58. The batches are made here as dataset-service would make them.
 */
public final class TaughtRun {

    public static final int BATCH_SIZE = 8;
    public static final int STEPS_PER_EPOCH = 6;
    private static final int END_OF_TEXT = 256;
    private static final int HELD_OUT_FROM = 51;

    private TaughtRun() {}

    /** Returns the settings with which {@code expected.json} was computed. */
    public static Training training(int epochs, Optional<Integer> checkpointEvery) {
        return TrainingBuilder.builder()
                .epochs(epochs)
                .batchSize(BATCH_SIZE)
                .learningRate(5e-4)
                .evaluateEvery(2)
                .evaluationBatches(2)
                .checkpointEvery(checkpointEvery)
                .build();
    }

    /** Returns those settings with further ones, by their names in the contract. */
    public static Training training(int epochs, Map<String, Object> more) {
        ObjectNode json = Json.MAPPER.valueToTree(training(epochs, Optional.empty()));
        json.setAll((ObjectNode) Json.MAPPER.valueToTree(more));
        return Json.MAPPER.convertValue(json, Training.class);
    }

    /** Returns a run with a name that no other test has. */
    public static Run named(String prefix, Path model, Training training) {
        return named(prefix, model, training, DataSourceBuilder.builder().dataset("examples").build());
    }

    /** Returns such a run with its base model at another place. */
    public static Run from(String model, String prefix, Training training) {
        return named(prefix, model, training, DataSourceBuilder.builder().dataset("examples").build());
    }

    /** Returns such a run that learns from a stream, whose batches do not tell how many there will be. */
    public static Run stream(String prefix, Path model, Training training) {
        return named(
                prefix, model, training, DataSourceBuilder.builder()
                        .dataset("examples")
                        .source(Source.STREAM)
                        .build());
    }

    private static Run named(String prefix, Path model, Training training, DataSource data) {
        return named(prefix, model.toString(), training, data);
    }

    private static Run named(String prefix, String model, Training training, DataSource data) {
        return new Run(
                prefix + "-" + UUID.randomUUID().toString().substring(0, 8),
                DesiredState.RUN,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                new RunSpecification(new ModelSource(model, null), data, training, null, null));
    }

    /** Returns all batches of a run, validation first. */
    public static List<Batch> batches(Run run) {
        List<Batch> batches = new ArrayList<>();
        batches.add(batch(run, SplitName.VALIDATION, 0, 0, 1, HELD_OUT_FROM));
        for (int epoch = 1; epoch <= run.specification().training().epochs(); epoch++) {
            for (int index = 0; index < STEPS_PER_EPOCH; index++) {
                batches.add(batch(run, SplitName.TRAIN, epoch, index, STEPS_PER_EPOCH, index * BATCH_SIZE));
            }
        }
        return batches;
    }

    public static void publishBatches(KafkaTopics topics, Run run) {
        publish(topics, run, batches(run));
    }

    public static void publish(KafkaTopics topics, Run run, List<Batch> batches) {
        topics.create(Topics.batches(run.run()));
        batches.forEach(batch -> topics.publish(Topics.batches(run.run()), batch));
    }

    /** The fixtures' rows and their prompts' lengths, tokenized once for all runs. */
    private static final class Tokenized {

        private static final List<int[]> ROWS = new ArrayList<>();
        private static final List<Integer> PROMPT_LENGTHS = new ArrayList<>();

        static {
            List<Example> examples = examples();
            PromptStyle alpaca = PromptStyle.of("alpaca");
            try (Tokenizer tokenizer = Tokenizer.load(tokenizerFile())) {
                List<TokenizedRow> tokenized = tokenizer.encodeRows(
                        examples.stream().map(e -> alpaca.question(e.instruction(), e.input())).toList(),
                        examples.stream().map(Example::output).toList());
                for (TokenizedRow row : tokenized) {
                    int[] ids = Arrays.copyOf(row.ids(), row.ids().length + 1);
                    ids[row.ids().length] = END_OF_TEXT;
                    ROWS.add(ids);
                    PROMPT_LENGTHS.add(row.promptLength());
                }
            }
        }
    }

    private static Path tokenizerFile() {
        try {
            return Fixtures.modelFolder("tiny-gpt2", Files.createTempDirectory("tokenizer"))
                    .resolve("tokenizer.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Example> examples() {
        try {
            return Json.MAPPER.readValue(Fixtures.bytes("examples.json"), new TypeReference<List<Example>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Batch batch(Run run, SplitName split, int epoch, int index, int of, int from) {
        List<int[]> own = Tokenized.ROWS.subList(from, from + BATCH_SIZE);
        return new Batch(
                run.run(),
                split,
                epoch,
                index,
                run.specification().data().source() == Source.STREAM && split == SplitName.TRAIN
                        ? Optional.empty()
                        : Optional.of(of),
                own.stream().flatMapToInt(Arrays::stream).toArray(),
                own.stream().mapToInt(row -> row.length).toArray(),
                Tokenized.PROMPT_LENGTHS.subList(from, from + BATCH_SIZE).stream().mapToInt(length -> length).toArray());
    }

    private record Example(String instruction, String input, String output) {}
}
