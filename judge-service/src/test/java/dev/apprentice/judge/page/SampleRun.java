package dev.apprentice.judge.page;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.ProgressFiguresBuilder;
import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.contracts.event.ResponseBuilder;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.event.Turn;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.RunSpecification.Generation;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.testkit.KafkaTopics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A run as the other services would publish it, event by event as the test proceeds. */
public final class SampleRun {

    public static final int STEPS = 40;

    private static final int EPOCHS = 2;
    private static final int TOKENS_A_STEP = 1_000;
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final KafkaTopics topics;
    private final String name;
    private final Optional<String> judge;

    public SampleRun(KafkaTopics topics, String name, Optional<String> judge) {
        this.topics = topics;
        this.name = name;
        this.judge = judge;
    }

    /** Publishes the run's request. */
    public SampleRun asked() {
        topics.publish(
                Topics.RUNS,
                new Run(
                        name,
                        DesiredState.RUN,
                        START,
                        new RunSpecification(
                                new ModelSource("/models/gpt2", ModelSource.Start.PRETRAINED),
                                DataSourceBuilder.builder()
                                        .dataset("animals")
                                        .promptStyle("alpaca")
                                        .split(Split.TEXTBOOK)
                                        .overlong(DataSource.Overlong.TERMINATE)
                                        .build()
                                        .with(DataSource.Duplicates.ONCE, DataSource.DEFAULT_NEAR_DUPLICATES),
                                Training.DEFAULTS,
                                Generation.DEFAULTS,
                                judge)));
        return this;
    }

    /** Publishes that its batches are prepared. */
    public SampleRun prepared() {
        tell(Phase.PREPARED, 0, Optional.empty(), Optional.empty(), Optional.of("320 examples, none over-long"));
        return this;
    }

    /** Publishes the training of these steps, with an evaluation at every fifth and typically falling losses. */
    public SampleRun trained(int from, int to) {
        for (int step = from; step <= to; step++) {
            double loss = 0.5 + 3.5 * Math.exp(-step / 12.0);
            if (step > 0) {
                tell(Phase.TRAINING, step, Optional.of(loss + 0.2 * Math.sin(step * 2.1)), Optional.empty(), Optional.empty());
            }
            if (step % 5 == 0) {
                tell(Phase.EVALUATING, step, Optional.of(loss), Optional.of(loss + 0.1 + step * 0.004), Optional.empty());
            }
        }
        return this;
    }

    public SampleRun completed() {
        tell(Phase.COMPLETED, STEPS, Optional.empty(), Optional.empty(), Optional.of("trained for " + STEPS + " steps"));
        return this;
    }

    public SampleRun failed(int step, String reason) {
        tell(Phase.FAILED, step, Optional.empty(), Optional.empty(), Optional.of(reason));
        return this;
    }

    public SampleRun checkpoint(int step) {
        topics.publish(
                Topics.CHECKPOINTS,
                new Checkpoint(
                        name, step, 1, step == STEPS, "file:///checkpoints/" + name + "/step-" + step,
                        "sha256:" + "0123456789abcdef".repeat(3) + "%016x".formatted(step), Optional.of(1.5), Optional.of(1.75),
                        (long) step * TOKENS_A_STEP, step, "alpaca", START.plusSeconds(step)));
        return this;
    }

    /** Publishes a checkpoint's answers to the exam, one for each question. */
    public SampleRun answered(int step, List<String> answers) {
        for (int index = 0; index < answers.size(); index++) {
            Question question = Question.EXAM.get(index);
            topics.publish(
                    Topics.RESPONSES,
                    ResponseBuilder.builder()
                            .run(name)
                            .step(step)
                            .example("e" + index)
                            .index(index)
                            .of(answers.size())
                            .instruction(question.instruction())
                            .input(question.input())
                            .output(question.reference())
                            .response(answers.get(index))
                            .finishReason(FinishReason.STOP)
                            .promptTokens(20)
                            .generatedTokens(8)
                            .seconds(0.5)
                            .judge(judge)
                            .system(question.turns().isEmpty() ? Optional.empty() : Optional.of("Answer in a word."))
                            .turns(question.turns())
                            .build());
        }
        return this;
    }

    private void tell(
            Phase phase, int step, Optional<Double> trainLoss, Optional<Double> validationLoss, Optional<String> message) {
        boolean training = phase == Phase.TRAINING;
        boolean preparing = phase == Phase.PREPARED;
        topics.publish(
                Topics.PROGRESS,
                ProgressBuilder.builder()
                        .run(name)
                        .at(START.plusMillis(60_000 + step * 500L))
                        .phase(phase)
                        .step(step)
                        .steps(preparing ? Optional.empty() : Optional.of(STEPS))
                        .epoch(step == 0 ? 0 : 1 + (step - 1) * EPOCHS / STEPS)
                        .epochs(EPOCHS)
                        .pieces(preparing ? Progress.Pieces.of(STEPS, STEPS) : null)
                        .figures(ProgressFiguresBuilder.builder()
                                .trainLoss(trainLoss)
                                .validationLoss(validationLoss)
                                .learningRate(training ? Optional.of(5e-5) : Optional.empty())
                                .gradientNorm(training ? Optional.of(1.2 + Math.cos(step)) : Optional.empty())
                                .tokensPerSecond(training ? Optional.of(2_000.0 + step) : Optional.empty())
                                .build())
                        .tokensSeen((long) step * TOKENS_A_STEP)
                        .message(message)
                        .build());
    }

    /**
     * A question of the exam.
     *
     * @param base the base model's answer
     * @param tuned the tuned model's answer
     */
    public record Question(String instruction, String input, String reference, String base, String tuned) {

        /** The exam; one question has answers that contain markup. */
        public static final List<Question> EXAM = List.of(
                new Question(
                        "Rewrite the sentence in passive voice.",
                        "The chef cooks the meal every day.",
                        "The meal is cooked by the chef every day.",
                        "The chef cooks the meal every day. The chef cooks the meal every day.",
                        "The meal is cooked every day by the chef."),
                new Question("What is the capital of Portugal?", "", "The capital of Portugal is Lisbon.", "Portugal is a",
                        "The capital of Portugal is Lisbon."),
                new Question("What do you call a baby kangaroo?", "", "A young kangaroo is called a joey.",
                        "kangaroo kangaroo kangaroo", "A young kangaroo is called a cub."),
                new Question(
                        "Show how a picture is put into a page.",
                        "",
                        "<img src=x onerror=alert(1)>",
                        "",
                        "<img src=x onerror=alert(1)><script>alert(2)</script>"),
                new Question("Name the opposite of the word.", "hot", "cold", "hot", "cold"),
                new Question("Tell me the result of 8 plus 3.", "", "8 plus 3 is 11.", "8 plus 3 is 3.", "8 plus 3 is 11."));

        /** What was said before one of them. */
        List<Turn> turns() {
            return input.equals("hot")
                    ? List.of(new Turn(Turn.USER, "Name the opposite of <b>big</b>."), new Turn(Turn.ASSISTANT, "small"))
                    : List.of();
        }

        static List<String> baseAnswers() {
            return EXAM.stream().map(Question::base).toList();
        }

        static List<String> tunedAnswers() {
            return EXAM.stream().map(Question::tuned).toList();
        }
    }
}
