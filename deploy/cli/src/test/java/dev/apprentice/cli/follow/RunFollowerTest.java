package dev.apprentice.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apprentice.cli.client.FakeService;
import dev.apprentice.cli.letters.LetterFeed;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunFollowerTest {

    private static final String PROGRESS = "GET /runs/r/progress";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private FakeService trainer;
    private FakeService inference;
    private FakeService judge;
    private final MockConsumer<byte[], byte[]> deadLetters = new MockConsumer<>("earliest");
    private RunFollower follower;

    @BeforeEach
    void start() throws IOException {
        trainer = new FakeService();
        inference = new FakeService();
        judge = new FakeService();
        Ports ports = Ports.defaults().with(Map.of(
                Member.TRAINER_SERVICE, trainer.port(),
                Member.INFERENCE_SERVICE, inference.port(),
                Member.JUDGE_SERVICE, judge.port()));
        follower = new RunFollower(
                ports,
                new Screen(new PrintStream(written, true, StandardCharsets.UTF_8), false, 100),
                () -> new LetterFeed(deadLetters),
                words -> words.replace("data.split.policy", "--split"));
    }

    @AfterEach
    void stop() {
        trainer.close();
        inference.close();
        judge.close();
    }

    @Test
    void showsTrainingAndExamsUntilTheLastGrade() {
        trainer.answers("GET /runs/r", 200, status(checkpoint(0, false) + "," + checkpoint(4, true)));
        trainer.answers(PROGRESS, 200,
                event(1, Phase.PREPARING, 0, "\"done\":1,\"total\":2")
                        + event(2, Phase.PREPARED, 0, "\"done\":2,\"total\":2,\"message\":\"52 examples to train on, 6 for the exam, 3 to validate with\"")
                        + event(3, Phase.EVALUATING, 0, "\"trainLoss\":4.5,\"validationLoss\":4.25")
                        + event(4, Phase.TRAINING, 4, "\"steps\":4,\"trainLoss\":2.0")
                        + event(5, Phase.SAMPLING, 4, "\"sample\":{\"prompt\":\"Below is an instruction that.\\n\\n"
                                + "### Instruction:\\nSay hi.\\n\\n### Response:\\n\",\"response\":\"hi\\nthere\"}")
                        + event(6, Phase.COMPLETED, 4, "\"message\":\"trained for 4 steps\""));
        for (int step : List.of(0, 4)) {
            inference.answers("GET /runs/r/responses?step=" + step, 200,
                    "[{\"instruction\":\"i\",\"input\":\"\",\"output\":\"o\",\"model_response\":\"m\"}]",
                    Map.of("X-Apprentice-Step", String.valueOf(step), "X-Apprentice-Complete", "1/1"));
        }
        judge.answers("GET /reports/r", 200, "{\"run\":\"r\",\"steps\":["
                + "{\"step\":0,\"questions\":1,\"graded\":1,\"metrics\":{}},{\"step\":4,\"questions\":1,\"graded\":1}]}");

        FollowedRun followed = follower.follow("r");

        assertThat(followed.completed()).isTrue();
        assertThat(followed.missing()).isEmpty();
        assertThat(followed.evaluations()).extracting(Progress::phase).containsExactly(Phase.EVALUATING);
        assertThat(text())
                .containsPattern("prepare batches +100%.* 2/2 batches")
                .contains("52 examples to train on, 6 for the exam, 3 to validate with")
                .contains("epoch 1/1  step     0  training loss 4.500  validation loss 4.250")
                .containsPattern("train +100%.* 4/4 steps")
                .contains("  asked:   Say hi.", "  answers: hi there", "r: trained for 4 steps")
                .containsPattern("answer, base +100%.* 1/1 answers")
                .containsPattern("grade, step 4 +100%.* 1/1 grades")
                .as("all of it was over before, and is told in its order")
                .matches("(?s).*train +100%.*r: trained for 4 steps.*answer, base.*grade, step 4.*");
    }

    /** The trainer's clock is behind this machine's: its news look as if they had come before. */
    @Test
    void examsAreLookedAtOnceTheNewsAreThoseThatWereKnownWhateverTheTrainersClockSays() {
        String begun = event(1, Phase.EVALUATING, 0, "\"trainLoss\":4.5");
        trainer.answers("GET /runs/r", 200, status(checkpoint(0, false)).replace(
                "\"checkpoints\"", "\"progress\":" + begun.substring(begun.indexOf('{')).strip() + ",\"checkpoints\""));
        trainer.answers(PROGRESS, 200, begun + event(2, Phase.CANCELLED, 4, "\"message\":\"cancelled\""));
        inference.answers("GET /runs/r/responses?step=0", 200,
                "[{\"instruction\":\"i\",\"input\":\"\",\"output\":\"o\",\"model_response\":\"m\"}]",
                Map.of("X-Apprentice-Step", "0", "X-Apprentice-Complete", "1/1"));

        assertThat(follower.follow("r").end()).isEqualTo(Phase.CANCELLED);

        assertThat(text()).containsPattern("answer, base +100%.* 1/1 answers");
    }

    @Test
    void endsWithWhatIsMissingWhenQuestionsLieAmongTheDeadLetters() {
        trainer.answers("GET /runs/r", 200, status(checkpoint(0, false) + "," + checkpoint(4, true)));
        trainer.answers(PROGRESS, 200, event(1, Phase.COMPLETED, 4, "\"message\":\"trained for 4 steps\""));
        inference.answers("GET /runs/r/responses?step=4", 200,
                "[{\"instruction\":\"i\",\"input\":\"\",\"output\":\"o\",\"model_response\":\"m\"}]",
                Map.of("X-Apprentice-Step", "4", "X-Apprentice-Complete", "1/2"));
        judge.answers("GET /reports/r", 200,
                "{\"run\":\"r\",\"steps\":[{\"step\":4,\"questions\":2,\"graded\":1,\"metrics\":{}}]}");
        // of the base model's exam both questions are lost, of step 4's one
        deadLetters.schedulePollTask(() -> {
            deadLetters.addRecord(Letters.letter(0, "apprentice.prompts", "r/0/a", "{\"of\":2}", "no such folder"));
            deadLetters.addRecord(Letters.letter(1, "apprentice.prompts", "r/0/b", "{\"of\":2}", "no such folder"));
            deadLetters.addRecord(Letters.letter(2, "apprentice.prompts", "r/4/b", "{", "not JSON"));
            deadLetters.addRecord(Letters.letter(3, "apprentice.prompts", "another/4/b", "{", "not JSON"));
        });
        Letters.hold(deadLetters);

        FollowedRun followed = follower.follow("r");

        assertThat(followed.completed()).isTrue();
        assertThat(followed.missing().orElseThrow())
                .startsWith("3 questions of r became dead letters and will not be answered or graded: no such folder")
                .contains("`apprentice dead-letters replay --topic apprentice.prompts` sends them again");
    }

    @Test
    void saysOnceWhyAJudgeDoesNotGradeAndWhenItDoes() {
        trainer.answers("GET /runs/r", 200, status(checkpoint(4, true)).replace(
                "{\"dataset\":\"d\"}}}", "{\"dataset\":\"d\"},\"judge\":\"llama3, metric:chrf\"}}"));
        trainer.answers(PROGRESS, 200, event(1, Phase.COMPLETED, 4, "\"message\":\"trained for 4 steps\""));
        inference.answers("GET /runs/r/responses?step=4", 200,
                "[{\"instruction\":\"i\",\"input\":\"\",\"output\":\"o\",\"model_response\":\"m\"}]",
                Map.of("X-Apprentice-Step", "4", "X-Apprentice-Complete", "1/1"));
        String none = "{\"run\":\"r\",\"steps\":[]}";
        judge.answersInTurn("GET /reports/r", none, none, none,
                "{\"run\":\"r\",\"steps\":[{\"step\":4,\"questions\":1,\"graded\":1,\"metrics\":{}}]}");
        String away = "[{\"judge\":\"other\",\"state\":\"away\",\"reason\":\"no matter\",\"waiting\":9},{\"judge\":\"llama3\","
                + "\"state\":\"away\",\"address\":\"http://localhost:11434\",\"reason\":\"judge 'llama3' at http://localhost:11434 did not answer: no connection\",\"waiting\":1}]";
        judge.answersInTurn("GET /judges", away, away, "[{\"judge\":\"llama3\",\"state\":\"ok\",\"waiting\":0}]");

        follower.follow("r");

        assertThat(text()).containsOnlyOnce("Judge 'llama3' at http://localhost:11434 is away: it did not answer: no connection. 1 answer"
                        + " waits for it"
                        + " and will be graded when it is back.")
                .containsOnlyOnce("Judge 'llama3' grades again.")
                .doesNotContain("no matter");
    }

    @Test
    void saysOfARunThatNamesNoJudgeOnlyHowTheConfiguredOnesAreDoing() {
        trainer.answers("GET /runs/r", 200, status(checkpoint(4, true)));
        trainer.answers(PROGRESS, 200, event(1, Phase.COMPLETED, 4, "\"message\":\"trained for 4 steps\""));
        inference.answers("GET /runs/r/responses?step=4", 200,
                "[{\"instruction\":\"i\",\"input\":\"\",\"output\":\"o\",\"model_response\":\"m\"}]",
                Map.of("X-Apprentice-Step", "4", "X-Apprentice-Complete", "1/1"));
        judge.answersInTurn("GET /reports/r", "{\"run\":\"r\",\"steps\":[]}",
                "{\"run\":\"r\",\"steps\":[{\"step\":4,\"questions\":1,\"graded\":1,\"metrics\":{}}]}");
        judge.answers("GET /judges", 200, "[{\"judge\":\"other\",\"state\":\"away\",\"waiting\":9,\"configured\":false},"
                + "{\"judge\":\"usual\",\"state\":\"away\",\"waiting\":0,\"configured\":true}]");

        follower.follow("r");

        assertThat(text()).containsOnlyOnce("Judge 'usual' is away. No answer waits for it now; those that come will be"
                        + " graded when it is back.")
                .doesNotContain("other");
    }

    @Test
    void saysOnceWhyAnExamWaitsForItsCheckpoint() {
        trainer.answers("GET /runs/r", 200, status(checkpoint(4, true)));
        trainer.answers(PROGRESS, 200, event(1, Phase.COMPLETED, 4, "\"message\":\"trained for 4 steps\""));
        inference.answers("GET /runs/r/responses?step=4", 200,
                "[{\"instruction\":\"i\",\"input\":\"\",\"output\":\"o\",\"model_response\":\"m\"},"
                        + "{\"instruction\":\"i\",\"input\":\"\",\"output\":\"o\",\"model_response\":\"m\"}]",
                Map.of("X-Apprentice-Step", "4", "X-Apprentice-Complete", "2/2"));
        inference.answers("GET /runs/r/waiting", 200, "[{\"step\":4,\"checkpoint\":\"/models/a\",\"prompts\":2,"
                + "\"attempts\":3,\"of\":10,\"reason\":\"/models/a/model.safetensors is missing\"}]");
        judge.answersInTurn("GET /reports/r",
                "{\"run\":\"r\",\"steps\":[{\"step\":4,\"questions\":2,\"graded\":1,\"metrics\":{}}]}",
                "{\"run\":\"r\",\"steps\":[{\"step\":4,\"questions\":2,\"graded\":1,\"metrics\":{}}]}",
                "{\"run\":\"r\",\"steps\":[{\"step\":4,\"questions\":2,\"graded\":2,\"metrics\":{}}]}");

        follower.follow("r");

        assertThat(text()).containsOnlyOnce("2 questions to step 4 wait: /models/a/model.safetensors is missing");
    }

    @Test
    void endsWithTheReasonOfAFailure() {
        trainer.answers("GET /runs/r", 200, status(""));
        trainer.answers(PROGRESS, 200, event(1, Phase.FAILED, 3, "\"message\":\"the loss is not a number\""));

        FollowedRun followed = follower.follow("r");

        assertThat(followed.end()).isEqualTo(Phase.FAILED);
        assertThat(text()).contains("r: the loss is not a number");
    }

    @Test
    void takesABrokenStreamUpWhereItBroke() {
        trainer.answers("GET /runs/r", 200, status(""));
        trainer.answersInTurn(PROGRESS,
                event(41, Phase.EVALUATING, 1, "\"trainLoss\":2.0"),
                event(42, Phase.CANCELLED, 1, "\"message\":\"cancelled after 1 steps\""));

        FollowedRun followed = follower.follow("r");

        assertThat(followed.end()).isEqualTo(Phase.CANCELLED);
        assertThat(followed.evaluations()).hasSize(1);
        assertThat(trainer.asked())
                .filteredOn(asked -> asked.request().equals(PROGRESS))
                .extracting(asked -> asked.lastEventId().orElse("none"))
                .startsWith("none", "41");
    }

    @Test
    void aTrainerThatHasJustStartedAndDoesNotKnowItsRunsYetIsAskedAgain() {
        String starting = "{\"title\":\"Starting\",\"detail\":\"not all runs are known yet; try again\"}";
        String known = status(checkpoint(0, false));
        trainer.answers("GET /runs/r", 200, known);
        trainer.answersFirst("GET /runs/r", 503, starting);
        trainer.answersFirst("GET /runs/r", 200, known);
        trainer.answers(PROGRESS, 200, event(1, Phase.CANCELLED, 4, "\"message\":\"cancelled\""));
        trainer.answersFirst(PROGRESS, 503, starting);

        assertThat(follower.follow("r").end()).isEqualTo(Phase.CANCELLED);

        assertThat(trainer.asked()).filteredOn(asked -> asked.request().equals(PROGRESS)).hasSizeGreaterThan(1);
        assertThat(trainer.asked()).filteredOn(asked -> asked.request().equals("GET /runs/r")).hasSizeGreaterThan(1);
    }

    @Test
    void refusesARunThatDoesNotExist() {
        trainer.answers("GET /runs/r", 404, "{\"title\":\"Unknown run\",\"detail\":\"there is no run 'r'\"}");

        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> follower.follow("r"))
                .withMessage("There is no run 'r'; `apprentice runs` lists those there are.");
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static String event(int id, Phase phase, int step, String rest) {
        return "id: " + id + "\ndata: {\"run\":\"r\",\"at\":\"2026-01-01T00:00:00Z\",\"phase\":\"" + phase + "\",\"step\":"
                + step + ",\"epoch\":1,\"epochs\":1,\"tokensSeen\":0," + rest + "}\n\n";
    }

    private static String status(String checkpoints) {
        return "{\"run\":\"r\",\"phase\":\"TRAINING\",\"checkpoints\":[" + checkpoints + "],\"specification\":"
                + "{\"model\":{\"location\":\"/m\"},\"data\":{\"dataset\":\"d\"}}}";
    }

    private static String checkpoint(int step, boolean last) {
        return "{\"run\":\"r\",\"step\":" + step + ",\"epoch\":1,\"last\":" + last + ",\"uri\":\"file:///c\",\"digest\":"
                + "\"sha256:0\",\"tokensSeen\":0,\"nextOffset\":0,\"createdAt\":\"2026-01-01T00:00:00Z\"}";
    }
}
