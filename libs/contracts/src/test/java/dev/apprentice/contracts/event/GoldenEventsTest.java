package dev.apprentice.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Batch.SplitName;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Progress.Sample;
import dev.apprentice.contracts.event.Report.Comparison;
import dev.apprentice.contracts.event.Report.Distribution;
import dev.apprentice.contracts.event.Report.Interval;
import dev.apprentice.contracts.event.Report.Outcome;
import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.DataReadingBuilder;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Overlong;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.ModelSource.Start;
import dev.apprentice.contracts.run.PromptTemplate;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.RunSpecification.Generation;
import dev.apprentice.contracts.run.Scale;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.run.Training.KeepCheckpoints;
import dev.apprentice.contracts.run.Training.Lora;
import dev.apprentice.contracts.run.Training.Precision;
import dev.apprentice.contracts.run.Training.Schedule;
import dev.apprentice.contracts.run.Training.WeightDecayOn;
import dev.apprentice.contracts.run.TrainingBuilder;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden samples are the published language: a change that breaks a reader or a writer out there breaks a test here. */
class GoldenEventsTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final String RUN = "first-run";
    private static final String URI = "file:///checkpoints/first-run/step-000116";

    private static final Training FIRST_TRAINING = TrainingBuilder.builder()
            .epochs(2)
            .batchSize(8)
            .learningRate(5e-5)
            .schedule(Schedule.CONSTANT)
            .warmupSteps(0)
            .weightDecay(0.1)
            .beta1(0.9)
            .beta2(0.999)
            .epsilon(1e-8)
            .maxGradientNorm(1.0)
            .maskInstruction(false)
            .dropLast(true)
            .seed(123L)
            .evaluateEvery(5)
            .evaluationBatches(5)
            .checkpointEvery(50)
            .build();

    static Stream<Golden> samples() {
        return Stream.of(
                new Golden("run", Topics.RUNS, new Run(RUN, DesiredState.RUN, AT, new RunSpecification(
                        new ModelSource("/models/gpt2", Start.PRETRAINED),
                        DataSourceBuilder.builder()
                                .dataset("instructions")
                                .promptStyle("alpaca")
                                .split(Split.TEXTBOOK)
                                .maxLength(1024)
                                .overlong(Overlong.TERMINATE)
                                .build(),
                        TrainingBuilder.builder(FIRST_TRAINING)
                                .precision(Precision.BFLOAT16)
                                .gradientAccumulation(4)
                                .weightDecayOn(WeightDecayOn.MATRICES)
                                .activationCheckpointing(true)
                                .lora(new Lora(8, 16.0, 0.05, List.of("c_attn"), true))
                                .checkpointAfter(Duration.ofMinutes(10))
                                .keepCheckpoints(new KeepCheckpoints(3, 1))
                                .maxSteps(1000)
                                .patience(3)
                                .labelSmoothing(0.1)
                                .tokensPerBatch(16_000)
                                .build(),
                        new Generation(256),
                        Optional.of("llama3")))),
                new Golden("run-resumed", Topics.RUNS, new Run(RUN, DesiredState.RUN, AT, new RunSpecification(
                        new ModelSource("/models/gpt2", Start.PRETRAINED),
                        DataSourceBuilder.builder()
                                .dataset("instructions")
                                .promptStyle("alpaca")
                                .split(Split.TEXTBOOK)
                                .overlong(Overlong.TERMINATE)
                                .build(),
                        FIRST_TRAINING,
                        new Generation(256),
                        Optional.of("llama3"))).resumed(AT.plusSeconds(60)).resumed(AT.plusSeconds(120))),
                new Golden("run-stream", Topics.RUNS, new Run(RUN, DesiredState.RUN, AT, new RunSpecification(
                        new ModelSource("/models/gpt2", Start.PRETRAINED),
                        DataSourceBuilder.builder()
                                .dataset("instructions")
                                .promptStyle("alpaca")
                                .split(Split.STREAM)
                                .overlong(Overlong.TERMINATE)
                                .source(Source.STREAM)
                                .linger(Duration.ofMillis(2500))
                                .replay(0.25)
                                .build(),
                        FIRST_TRAINING,
                        new Generation(256),
                        Optional.of("llama3")))),
                new Golden("run-grouped", Topics.RUNS, new Run(RUN, DesiredState.RUN, AT, new RunSpecification(
                        new ModelSource("/models/gpt2", Start.PRETRAINED),
                        DataSourceBuilder.builder()
                                .dataset("instructions")
                                .promptStyle("alpaca")
                                .split(Split.TEXTBOOK)
                                .overlong(Overlong.TERMINATE)
                                .source(Source.DATASET)
                                .groupByLength(256)
                                .packTexts(true)
                                .build(),
                        FIRST_TRAINING,
                        new Generation(256),
                        Optional.of("llama3")))),
                new Golden("run-duplicates", Topics.RUNS, new Run(RUN, DesiredState.RUN, AT, new RunSpecification(
                        new ModelSource("/models/gpt2", Start.PRETRAINED),
                        DataSourceBuilder.builder()
                                .dataset("instructions")
                                .promptStyle("alpaca")
                                .split(Split.TEXTBOOK)
                                .overlong(Overlong.TERMINATE)
                                .build()
                                .with(DataSource.Duplicates.ONCE, 0.8),
                        FIRST_TRAINING,
                        new Generation(256),
                        Optional.of("llama3")))),
                new Golden("run-file", Topics.RUNS, new Run(RUN, DesiredState.RUN, AT, new RunSpecification(
                        new ModelSource("/models/gpt2", Start.PRETRAINED),
                        DataSourceBuilder.builder()
                                .dataset("instructions")
                                .promptStyle("alpaca")
                                .split(Split.TEXTBOOK)
                                .overlong(Overlong.TERMINATE)
                                .source(Source.DATASET)
                                .file("/data/instructions.json")
                                .build(),
                        FIRST_TRAINING,
                        new Generation(256),
                        Optional.of("llama3")))),
                new Golden("run-reading", Topics.RUNS, new Run(RUN, DesiredState.RUN, AT, new RunSpecification(
                        new ModelSource("/models/gpt2", Start.PRETRAINED),
                        DataSourceBuilder.builder()
                                .dataset("instructions")
                                .promptStyle("alpaca")
                                .split(Split.TEXTBOOK)
                                .overlong(Overlong.TERMINATE)
                                .source(Source.DATASET)
                                .file("/data/reviews.csv")
                                .reading(DataReadingBuilder.builder()
                                        .fields(List.of("text=review"))
                                        .strict(true)
                                        .turns(DataReading.Turns.LAST)
                                        .template("sentiment")
                                        .filter("rating > 3")
                                        .sample(0.5)
                                        .mask(List.of("email", "phone:DE"))
                                        .build())
                                .build(),
                        FIRST_TRAINING,
                        new Generation(256),
                        Optional.of("llama3")))),
                new Golden("run-parts", Topics.RUNS, new Run(RUN, DesiredState.RUN, AT, new RunSpecification(
                        new ModelSource("/models/gpt2", Start.PRETRAINED),
                        DataSourceBuilder.builder()
                                .dataset("instructions")
                                .promptStyle("alpaca")
                                .split(Split.TEXTBOOK)
                                .overlong(Overlong.TERMINATE)
                                .source(Source.DATASET)
                                .file("/data/instructions.json")
                                .weight(2.0)
                                .also(List.of(new DataSource.Part("chats", Optional.of(0.3), Optional.of("/data/chats.parquet"))))
                                .validation(new DataSource.Part("dev", Optional.empty(), Optional.of("/data/dev.json")))
                                .test(new DataSource.Part("exam", Optional.empty(), Optional.empty()))
                                .build(),
                        FIRST_TRAINING,
                        new Generation(256),
                        Optional.of("llama3")))),
                new Golden("rejected-entry", Topics.REJECTS, new RejectedEntry("instructions", Optional.of(2), Optional.of("a.jsonl"),
                        Optional.of(4), Optional.of(5L), Optional.of("e-17"), Optional.of("output"), "is blank")),
                new Golden("run-template", Topics.RUNS, new Run(RUN, DesiredState.RUN, AT, new RunSpecification(
                        new ModelSource("/models/gpt2", Start.PRETRAINED),
                        DataSourceBuilder.builder()
                                .dataset("instructions")
                                .promptStyle("mine.jinja")
                                .split(Split.TEXTBOOK)
                                .overlong(Overlong.TERMINATE)
                                .source(Source.DATASET)
                                .promptTemplate(new PromptTemplate("<|user|>{{ messages[0].content }}<|answer|>",
                                        "sha256:478a1a7d61a80f10d5539bdc277394a1646c308d44a5df58b71493755e86e8be"))
                                .build(),
                        FIRST_TRAINING,
                        new Generation(256),
                        Optional.of("llama3")))),
                new Golden("instruction", Topics.INSTRUCTIONS,
                        new Instruction("instructions", "17", "Name the opposite of the word.", "hot", "cold")),
                new Golden("instruction-turns", Topics.INSTRUCTIONS,
                        new Instruction("instructions", "18", "And of big?", "", "small", "Answer in a word.",
                                List.of(new Turn("user", "Name the opposite of hot."), new Turn("assistant", "cold", true),
                                        new Turn("user", "And of big?")),
                                "large", Optional.empty(), Optional.empty(), List.of())),
                new Golden("instruction-tools", Topics.INSTRUCTIONS,
                        new Instruction("instructions", "20", "Is it hot in Rome?", "", "Let me look.", "", List.of(), "", Optional.empty(),
                                Optional.empty(), List.of(Map.of("type", "function", "function", Map.of("name", "temperature", "strict", true))))),
                new Golden("instruction-text", Topics.INSTRUCTIONS,
                        new Instruction("instructions", "19", "Hot is the opposite", "", " of cold.", "", List.of(), "", Optional.of(true),
                                Optional.of("opposites"), List.of())),
                new Golden("batch", Topics.batches(RUN), new Batch(RUN, SplitName.TRAIN, 1, 0, Optional.of(116),
                        new int[] {5, 6, 7, 8, 9}, new int[] {3, 2}, new int[] {2, 1})),
                new Golden("batch-stream", Topics.batches(RUN), new Batch(RUN, SplitName.TRAIN, 1, 7, Optional.empty(),
                        new int[] {5, 6, 7, 8, 9}, new int[] {3, 2}, new int[] {2, 1}, Optional.of(List.of("17", "3")),
                        Optional.of(1), Optional.of(Map.of(2, 18L)), Optional.of(AT), Optional.of(AT.plusSeconds(1)))),
                new Golden("progress", Topics.PROGRESS, ProgressBuilder.builder()
                        .run(RUN)
                        .at(AT)
                        .phase(Phase.EVALUATING)
                        .step(5)
                        .steps(232)
                        .epoch(1)
                        .epochs(2)
                        .pieces(Progress.Pieces.of(5, 232))
                        .figures(ProgressFiguresBuilder.builder()
                                .trainLoss(2.5)
                                .validationLoss(2.625)
                                .learningRate(5e-5)
                                .gradientNorm(1.25)
                                .tokensPerSecond(310.5)
                                .tokenAccuracy(0.5)
                                .matmulShare(0.75)
                                .build())
                        .tokensSeen(2400)
                        .sample(new Sample("Name the opposite of hot.", "cold"))
                        .message("evaluated")
                        .build()),
                new Golden("progress-prepared", Topics.PROGRESS, ProgressBuilder.builder()
                        .run(RUN)
                        .at(AT)
                        .phase(Phase.PREPARED)
                        .step(0)
                        .epoch(0)
                        .epochs(2)
                        .pieces(Progress.Pieces.of(7, 7))
                        .tokensSeen(0)
                        .message("prepared")
                        .data(ProgressDataBuilder.builder().digest("sha256:00ff").repeats(new Repeats(61, 3, 1)).build())
                        .build()),
                new Golden("progress-similar", Topics.PROGRESS, ProgressBuilder.builder()
                        .run(RUN)
                        .at(AT)
                        .phase(Phase.PREPARED)
                        .step(0)
                        .epoch(0)
                        .epochs(2)
                        .pieces(Progress.Pieces.of(7, 7))
                        .tokensSeen(0)
                        .message("prepared")
                        .data(ProgressDataBuilder.builder().digest("sha256:00ff").repeats(new Repeats(61, 3, 0, Optional.of(2), Optional.of(1),
                                Optional.of(new Similar(0.8, 9, 1, 0, List.of(new Similar.Pair("940", true, "12", 0.9375)))))).dataset(new DatasetVersion("instructions", 2, "sha256:0ff0")).build())
                        .build()),
                new Golden("progress-resumed", Topics.PROGRESS, Progress.resumed(
                        ProgressBuilder.builder()
                                .run(RUN)
                                .at(AT)
                                .phase(Phase.FAILED)
                                .step(5)
                                .steps(232)
                                .epoch(1)
                                .epochs(2)
                                .tokensSeen(2400)
                                .message("no space left")
                                .build(),
                        AT,
                        2)),
                new Golden("checkpoint", Topics.CHECKPOINTS, new Checkpoint(RUN, 116, 1, false, URI, "sha256:00ff",
                        Optional.of(1.5), Optional.of(1.75), 52000, 131, "alpaca", AT)),
                new Golden("prompt", Topics.PROMPTS, PromptBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .example("940")
                        .index(5)
                        .of(110)
                        .checkpoint(URI)
                        .digest("sha256:00ff")
                        .prompt("### Instruction:\nName the opposite of hot.\n\n### Response:\n")
                        .instruction("Name the opposite of hot.")
                        .input("")
                        .output("cold")
                        .maxNewTokens(256)
                        .judge("llama3")
                        .build()),
                new Golden("response", Topics.RESPONSES, ResponseBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .example("940")
                        .index(5)
                        .of(110)
                        .instruction("Name the opposite of hot.")
                        .input("")
                        .output("cold")
                        .response("cold")
                        .finishReason(FinishReason.STOP)
                        .promptTokens(20)
                        .generatedTokens(2)
                        .seconds(0.5)
                        .judge("llama3")
                        .build()),
                new Golden("score", Topics.SCORES, ScoreBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .example("940")
                        .index(5)
                        .of(110)
                        .verdicts(List.of(ScoreVerdictBuilder.builder()
                                .judge("llama3")
                                .score(85.0)
                                .seconds(1.5)
                                .build(),
                                ScoreVerdictBuilder.builder()
                                        .judge("phi3")
                                        .unreadable("Well, it depends.")
                                        .seconds(2.5)
                                        .build()))
                        .metrics(Map.of("exact_match", 1.0, "token_f1", 1.0, "rouge_l", 1.0))
                        .build()),
                new Golden("report", Topics.REPORTS, ReportBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .questions(110)
                        .graded(109)
                        .judges(List.of(ReportJudgeSummaryBuilder.builder()
                                .judge("llama3")
                                .mean(52.5)
                                .scored(108)
                                .unreadable(1)
                                .build()))
                        .metrics(Map.of("exact_match", 0.5, "token_f1", 0.75, "rouge_l", 0.75))
                        .sinceBase(Map.of("exact_match", 0.5, "judge:llama3", 20.25))
                        .note("One answer of the judge could not be read.")
                        .build()),
                new Golden("run-labels", Topics.RUNS, new Run(RUN, DesiredState.RUN, AT, new RunSpecification(
                        new ModelSource("/models/gpt2", Start.PRETRAINED),
                        DataSourceBuilder.builder()
                                .dataset("reviews")
                                .promptStyle("alpaca")
                                .split(Split.TEXTBOOK)
                                .overlong(Overlong.TERMINATE)
                                .build(),
                        Training.DEFAULTS, new Generation(8), Optional.of("llama3,openai:qwen3@five-point"),
                        List.of("negative", "positive")))),
                new Golden("prompt-turns", Topics.PROMPTS, PromptBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .example("940")
                        .index(5)
                        .of(110)
                        .checkpoint(URI)
                        .digest("sha256:00ff")
                        .prompt("### Instruction:\nName the opposite of hot.\n\n### Response:\n")
                        .instruction("Name the opposite of hot.")
                        .input("")
                        .output("cold")
                        .maxNewTokens(256)
                        .judge("llama3")
                        .system("Answer in a word.")
                        .turns(List.of(new Turn(Turn.USER, "Name the opposite of big."), new Turn(Turn.ASSISTANT, "small")))
                        .build()),
                new Golden("response-turns", Topics.RESPONSES, ResponseBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .example("940")
                        .index(5)
                        .of(110)
                        .instruction("Name the opposite of hot.")
                        .input("")
                        .output("cold")
                        .response("cold")
                        .finishReason(FinishReason.STOP)
                        .promptTokens(20)
                        .generatedTokens(2)
                        .seconds(0.5)
                        .judge("llama3")
                        .system("Answer in a word.")
                        .turns(List.of(new Turn(Turn.USER, "Name the opposite of big."), new Turn(Turn.ASSISTANT, "small")))
                        .build()),
                new Golden("prompt-labels", Topics.PROMPTS, PromptBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .example("940")
                        .index(5)
                        .of(110)
                        .checkpoint(URI)
                        .digest("sha256:00ff")
                        .prompt("### Instruction:\nName the opposite of hot.\n\n### Response:\n")
                        .instruction("Name the opposite of hot.")
                        .input("")
                        .output("cold")
                        .maxNewTokens(256)
                        .judge("llama3")
                        .labels(List.of("cold", "hot"))
                        .category("opposites")
                        .build()),
                new Golden("prompt-template", Topics.PROMPTS, PromptBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .example("940")
                        .index(5)
                        .of(110)
                        .checkpoint(URI)
                        .digest("sha256:00ff")
                        .prompt("<|user|>Name the opposite of <|hot|>.<|answer|>")
                        .instruction("Name the opposite of <|hot|>.")
                        .input("")
                        .output("cold")
                        .maxNewTokens(256)
                        .judge("llama3")
                        .template(new Prompt.Template(List.of(0, 8, 37, 47), false, Optional.of("<|end|>")))
                        .build()),
                new Golden("response-likelihood", Topics.RESPONSES, ResponseBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .example("940")
                        .index(5)
                        .of(110)
                        .instruction("Name the opposite of hot.")
                        .input("")
                        .output("cold")
                        .response("cold")
                        .finishReason(FinishReason.STOP)
                        .promptTokens(20)
                        .generatedTokens(2)
                        .seconds(0.5)
                        .judge("llama3")
                        .labels(List.of("cold", "hot"))
                        .category("opposites")
                        .referenceLogProbability(-1.5)
                        .referenceTokens(2)
                        .build()),
                new Golden("response-unanswered", Topics.RESPONSES, ResponseBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .example("940")
                        .index(5)
                        .of(110)
                        .instruction("Name the opposite of hot.")
                        .input("")
                        .output("cold")
                        .response("")
                        .finishReason(FinishReason.LENGTH)
                        .promptTokens(0)
                        .generatedTokens(0)
                        .seconds(0)
                        .judge("llama3")
                        .unanswered("/models/step-116/model.safetensors is missing")
                        .build()),
                new Golden("score-unanswered", Topics.SCORES, Score.unanswered(RUN, 116, "940", 5, 110,
                        "/models/step-116/model.safetensors is missing")),
                new Golden("report-unanswered", Topics.REPORTS, ReportBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .questions(110)
                        .graded(109)
                        .metrics(Map.of("exact_match", 0.5))
                        .note("One question has no answer.")
                        .unanswered(1)
                        .build()),
                new Golden("score-judged", Topics.SCORES, ScoreBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .example("940")
                        .index(5)
                        .of(110)
                        .verdicts(List.of(ScoreVerdictBuilder.builder()
                                .judge("openai:qwen3@five-point")
                                .score(4.0)
                                .seconds(1.5)
                                .model("qwen3")
                                .digest("sha256:0a1b")
                                .rubric("five-point")
                                .rubricVersion("3f2a")
                                .scale(new Scale(1, 5))
                                .reason("Right, but terse.")
                                .promptTokens(320)
                                .answerTokens(25)
                                .build(),
                                ScoreVerdictBuilder.builder()
                                        .judge("llama3")
                                        .unreadable("70")
                                        .seconds(2.5)
                                        .model("llama3")
                                        .rubric("textbook")
                                        .rubricVersion("77aa")
                                        .promptTokens(2048)
                                        .answerTokens(2)
                                        .promptCut(true)
                                        .build()))
                        .metrics(Map.of("bleu", 37.5, "perplexity", 12.25))
                        .statistics(Map.of("perplexity", List.of(-5.0, 2.0)))
                        .build()),
                new Golden("score-awaited", Topics.SCORES, ScoreBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .example("940")
                        .index(5)
                        .of(110)
                        .verdicts(List.of(ScoreVerdictBuilder.builder()
                                .judge("llama3")
                                .score(85.0)
                                .seconds(1.5)
                                .build()))
                        .metrics(Map.of("token_f1", 1.0))
                        .statistics(Map.of("perplexity", List.of(-5.0, 2.0)))
                        .awaited(List.of("phi3"))
                        .build()),
                new Golden("score-regraded", Topics.SCORES, ScoreBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .example("940")
                        .index(5)
                        .of(110)
                        .verdicts(List.of(Verdict.refused("llama3", "'llama3' at http://localhost:11434 refuses this question: not found")))
                        .metrics(Map.of("token_f1", 1.0))
                        .awaited(List.of("phi3"))
                        .category("opposites")
                        .regraded(2)
                        .build()),
                new Golden("report-refused", Topics.REPORTS, ReportBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .questions(110)
                        .graded(110)
                        .judges(List.of(ReportJudgeSummaryBuilder.builder()
                                .judge("llama3")
                                .scored(0)
                                .unreadable(110)
                                .refused(109)
                                .refusal("model not found")
                                .build()))
                        .metrics(Map.of("token_f1", 0.75))
                        .build()),
                new Golden("report-tested", Topics.REPORTS, ReportBuilder.builder()
                        .run(RUN)
                        .step(116)
                        .questions(110)
                        .graded(110)
                        .judges(List.of(ReportJudgeSummaryBuilder.builder()
                                .judge("openai:qwen3@five-point")
                                .mean(3.5)
                                .scored(109)
                                .unreadable(1)
                                .scale(new Scale(1, 5))
                                .model("qwen3")
                                .digest("sha256:0a1b")
                                .rubric("five-point")
                                .rubricVersion("3f2a")
                                .promptsCut(1)
                                .promptTokens(35200L)
                                .answerTokens(2750L)
                                .seconds(165.5)
                                .build()))
                        .metrics(Map.of("token_f1", 0.75))
                        .sinceBase(Map.of("token_f1", 0.25))
                        .intervals(Map.of("token_f1", new Interval(0.6875, 0.8125)))
                        .againstBase(Map.of("token_f1", new Comparison(0.25, 0.125, 0.375, 0.001, 110, Outcome.BETTER)))
                        .distributions(Map.of("judge:openai:qwen3@five-point", new Distribution(1, 5, List.of(4, 10, 30, 40, 25))))
                        .build()));
    }

    record Golden(String name, Topic<?> topic, Event event) {

        byte[] json() {
            return resource(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theGoldenSampleIsReadAsTheEvent(Golden sample) {
        assertThat((Object) sample.topic().read(sample.json())).isEqualTo(sample.event());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theEventIsWrittenAsTheGoldenSample(Golden sample) throws IOException {
        JsonNode written = Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(sample.event()));
        assertThat(written).isEqualTo(Json.MAPPER.readTree(sample.json()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void fieldsNobodyKnowsArePassedOver(Golden sample) throws IOException {
        ObjectNode fromTheFuture = (ObjectNode) Json.MAPPER.readTree(sample.json());
        fromTheFuture.putObject("invented_later").put("anything", 1);
        assertThat((Object) sample.topic().read(Json.MAPPER.writeValueAsBytes(fromTheFuture))).isEqualTo(sample.event());
    }

    /** What version 0.1 wrote: {@code golden/0.1/*.json} never change. */
    @Test
    void aRunThatTheFirstVersionWroteIsReadWithTheTextbooksDefaults() throws IOException {
        Run run = Topics.RUNS.read(resource("0.1/run"));
        Training training = run.specification().training();
        assertThat(training).isEqualTo(FIRST_TRAINING);
        assertThat(training.precision()).isEqualTo(Precision.FLOAT32);
        assertThat(training.gradientAccumulation()).isEqualTo(1);
        assertThat(training.weightDecayOn()).isEqualTo(WeightDecayOn.ALL);
        assertThat(training.activationCheckpointing()).isFalse();
        assertThat(training.lora()).isEmpty();
        assertThat(training.checkpointAfter()).isEmpty();
        assertThat(training.keepCheckpoints()).isEmpty();
        assertThat(training.maxSteps()).isEmpty();
        assertThat(training.patience()).isEmpty();
        assertThat(run.timesResumed()).isZero();
    }

    static Stream<Golden> samplesOfTheFirstVersion() {
        return samples().filter(sample -> GoldenEventsTest.class.getResource("/golden/0.1/" + sample.name() + ".json") != null);
    }

    @ParameterizedTest
    @MethodSource("samplesOfTheFirstVersion")
    void whatTheFirstVersionWroteIsReadAndWrittenAgainWithNothingLost(Golden sample) throws IOException {
        byte[] old = resource("0.1/" + sample.name());
        JsonNode written = Json.MAPPER.valueToTree(sample.topic().read(old));
        Json.MAPPER.readTree(old).fields().forEachRemaining(
                field -> assertThat(written.has(field.getKey())).as(field.getKey()).isTrue());
    }

    @Test
    void whatIsLeftOutOfAnAdapterOrOfTheRetentionHasADefault() throws IOException {
        Training training = Json.MAPPER.readValue(
                trainingWith("\"lora\": {\"rank\": 4}, \"keepCheckpoints\": {\"last\": 2}"), Training.class);
        assertThat(training.lora()).contains(new Lora(4, 8.0, 0.0, List.of(), false));
        assertThat(training.keepCheckpoints()).contains(new KeepCheckpoints(2, 1));
    }

    private static String trainingWith(String setting) throws IOException {
        JsonNode run = Json.MAPPER.readTree(resource("0.1/run"));
        String training = run.at("/specification/training").toString();
        return training.substring(0, training.length() - 1) + ", " + setting + "}";
    }

    @Test
    void aPromptTemplateThatIsNotTheOneThatWasDigestedIsRefused() {
        String digest = new PromptTemplate("{{ messages[0].content }}", null).digest();

        assertThatThrownBy(() -> new PromptTemplate("{{ messages[1].content }}", digest))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith("field 'data.promptTemplate.digest' is not that of the text");
    }

    @Test
    void halfAPlaceOfATemplatesWordsIsRefused() {
        assertThatThrownBy(() -> new Prompt.Template(List.of(0, 8, 37), false, Optional.empty()))
                .isInstanceOf(InvalidEventException.class)
                .hasMessage("field 'template.words' has 3 entries; they are pairs");
    }

    private static byte[] resource(String name) {
        try (InputStream in = GoldenEventsTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyEventHasASample() {
        assertThat(samples().map(sample -> (Object) sample.event().getClass()).distinct())
                .containsExactlyInAnyOrder((Object[]) Event.class.getPermittedSubclasses());
    }
}
