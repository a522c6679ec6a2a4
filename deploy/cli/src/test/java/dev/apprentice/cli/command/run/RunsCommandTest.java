package dev.apprentice.cli.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.cli.CommandRun;
import dev.apprentice.cli.client.FakeService;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import dev.apprentice.local.system.RunningSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunsCommandTest {

    @TempDir Path home;
    @TempDir Path folder;

    private FakeService trainer;
    private FakeService judge;

    @BeforeEach
    void start() throws IOException {
        trainer = new FakeService();
        judge = new FakeService();
        RunningSystem.pretend(home, Ports.defaults().with(Map.of(
                Member.TRAINER_SERVICE, trainer.port(), Member.JUDGE_SERVICE, judge.port())));
    }

    @AfterEach
    void stop() {
        trainer.close();
        judge.close();
    }

    @Test
    void showsDateModelStateLossScoreAndCheckpoints() throws IOException {
        there(0, 4);
        trainer.answers("GET /runs", 200, "[" + run("first", "COMPLETED", 0, 4) + "]");
        judge.answers("GET /runs", 200, "[" + grades("first", 2, "\"best\":{\"measure\":\"token_f1\",\"value\":0.991,\"step\":4}") + "]");

        String[] lines = runs().lines().toArray(String[]::new);

        assertThat(lines).hasSize(2);
        assertThat(lines[0].split(" {2,}"))
                .containsExactly("RUN", "STARTED", "MODEL", "STATE", "STEP", "LOSS", "BEST SCORE", "CHECKPOINTS");
        assertThat(lines[1].split(" {2,}")).hasSize(8).satisfies(cells -> {
            assertThat(cells[0]).isEqualTo("first");
            assertThat(cells[1]).matches("2026-0[12]-\\d\\d \\d\\d:\\d\\d");
            assertThat(Arrays.asList(cells).subList(2, 8)).containsExactly(
                    "gpt2", "complete", "4/9", "1.250", "token f1 99.1 %, step 4", "0, 4");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "WAITING, 0, waiting", "PREPARED, 0, preparing", "CHECKPOINTING, 0, training", "COMPLETED, 1, grading",
        "COMPLETED, 2, complete", "FAILED, 2, failed", "CANCELLED, 0, cancelled",
    })
    void hasOneWordForAState(String phase, int gradedCheckpoints, String word) {
        trainer.answers("GET /runs", 200, "[" + run("r", phase, 0, 4) + "]");
        judge.answers("GET /runs", 200, "[" + grades("r", gradedCheckpoints, "\"best\":null") + "]");

        assertThat(runs()).contains("  " + word + "  ");
    }

    @Test
    void saysWhyARunFailedOrWaits() {
        trainer.answers("GET /runs", 200, ("[" + run("a", "FAILED") + "," + run("b", "COMPLETED") + "]")
                .replace("the last words", "choose a smaller training.batchSize or data.maxLength"));

        assertThat(runs().lines()).element(2).isEqualTo("  choose a smaller --batch-size or --max-length");
        assertThat(runs().lines()).hasSize(4);
    }

    @Test
    void namesTheCheckpointsThatAreThereAndNoneThatWasRemoved() throws IOException {
        there(0, 4, 8);
        trainer.answers("GET /runs", 200, "[" + run("r", "COMPLETED", 0, 4, 8) + "]");

        assertThat(runs().strip()).endsWith("  0, 4, 8");
        Files.delete(folder.resolve("4"));
        assertThat(runs().strip()).endsWith("  0, 8, others removed");
        Files.delete(folder.resolve("0"));
        Files.delete(folder.resolve("8"));
        assertThat(runs().strip()).endsWith("  removed");
    }

    @Test
    void shortensManyCheckpoints() throws IOException {
        int[] steps = IntStream.range(0, 100).toArray();
        there(steps);
        trainer.answers("GET /runs", 200, "[" + run("r", "COMPLETED", steps) + "]");

        assertThat(runs().strip()).endsWith("  0, 1, … 99 (100 in all)");
    }

    @Test
    void listsRunsAlsoWhileJudgeServiceDoesNotAnswer() {
        judge.close();
        trainer.answers("GET /runs", 200, "[" + run("r", "TRAINING") + "]");

        CommandRun run = CommandRun.of(home, "runs");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("r  ", "  training  ");
        assertThat(run.err()).startsWith("judge-service does not answer at ");
    }

    @Test
    void writesJsonForPrograms() throws IOException {
        there(4);
        trainer.answers("GET /runs", 200, "[" + run("r", "COMPLETED", 0, 4) + "]");
        judge.answers("GET /runs", 200, "[" + grades("r", 2, "\"best\":{\"measure\":\"judge:m\",\"value\":80.5,\"step\":4}") + "]");

        JsonNode row = Json.MAPPER.readTree(CommandRun.of(home, "runs", "--json").out()).get(0);

        assertThat(row.at("/run").asText()).isEqualTo("r");
        assertThat(row.at("/state").asText()).isEqualTo("complete");
        assertThat(row.at("/model").asText()).isEqualTo("/models/gpt2");
        assertThat(row.at("/requestedAt").asText()).isEqualTo("2026-01-31T10:00:00Z");
        assertThat(row.at("/validationLoss").asDouble()).isEqualTo(1.25);
        assertThat(row.at("/best/value").asDouble()).isEqualTo(80.5);
        assertThat(row.at("/checkpoints").findValuesAsText("there")).containsExactly("false", "true");
    }

    @Test
    void theLastRunStartedIsMeantWhereNoneIsNamed() {
        trainer.answers("GET /runs", 200, "["
                + run("newer", "COMPLETED") + "," + cancelledToday("older") + "]");
        trainer.answers("GET /runs/newer", 200, run("newer", "COMPLETED"));
        trainer.answers("GET /runs/newer/progress", 200, "");

        CommandRun report = CommandRun.of(home, "report");

        assertThat(report.status()).isZero();
        assertThat(report.out()).startsWith("Run newer, the last one started.").contains("Loss of newer");
    }

    @Test
    void runsAreListedEvenIfTheJudgesAreUnknown() {
        trainer.answers("GET /runs", 200, "[" + run("r", "COMPLETED") + "]");
        judge.answers("GET /runs", 200, "[" + grades("r", 0, "\"best\":null") + "]");
        judge.answers("GET /judges", 401, "{\"title\": \"Not signed in\"}");

        CommandRun runs = CommandRun.of(home, "runs");

        assertThat(runs.status()).isZero();
        assertThat(runs.out()).contains("complete");
        assertThat(runs.err()).startsWith("judge-service says: Not signed in").contains("Whether judges grade is not known.");
    }

    @Test
    void reportAndFollowSayThatThereIsNoRunYet() {
        trainer.answers("GET /runs", 200, "[]");

        for (String command : new String[] {"report", "follow"}) {
            CommandRun run = CommandRun.of(home, command);
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err().strip()).isEqualTo("There are no runs yet; start one with `apprentice tune`.");
        }
    }

    @Test
    void aReportAsJsonHasTheJudgesWholeReportsInIt() throws IOException {
        trainer.answers("GET /runs/r", 200, run("r", "COMPLETED", 0));
        trainer.answers("GET /runs/r/progress", 200, "id: 1\ndata: {\"run\":\"r\",\"at\":\"2026-01-01T00:00:00Z\",\"phase\":"
                + "\"EVALUATING\",\"step\":5,\"epoch\":1,\"epochs\":1,\"tokensSeen\":0,\"trainLoss\":2.5}\n\n");
        judge.answers("GET /runs", 200, "[]");
        judge.answers("GET /reports/r", 200,
                "{\"run\":\"r\",\"steps\":[{\"step\":0,\"questions\":2,\"graded\":1,\"intervals\":{\"bleu\":{\"low\":1,\"high\":2}}}]}");

        JsonNode report = Json.MAPPER.readTree(CommandRun.of(home, "report", "r", "--json").out());

        assertThat(report.at("/state").asText()).isEqualTo("grading");
        assertThat(report.at("/losses/0/trainLoss").asDouble()).isEqualTo(2.5);
        assertThat(report.at("/steps/0/intervals/bleu/high").asInt()).isEqualTo(2);
        assertThat(report.at("/checkpoints/0/there").asBoolean()).isFalse();
    }

    @Test
    void cancellingARunThatHasEndedSaysSo() {
        trainer.answers("DELETE /runs/r", 202, run("r", "FAILED"));
        assertThat(CommandRun.of(home, "cancel", "r").out().strip()).isEqualTo("r had already ended: failed. There is nothing to stop."
                + " Answers no longer wait for judges that are away; `apprentice regrade r` grades them later.");

        trainer.answers("DELETE /runs/r", 202, run("r", "TRAINING"));
        assertThat(CommandRun.of(home, "cancel", "r").out().strip()).isEqualTo("Asked r to stop; its checkpoints stay.");
    }

    private String runs() {
        CommandRun run = CommandRun.of(home, "runs");
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    private void there(int... steps) throws IOException {
        for (int step : steps) {
            Files.createDirectory(folder.resolve(Integer.toString(step)));
        }
    }

    private String run(String name, String phase, int... steps) {
        String checkpoints = Arrays.stream(steps).mapToObj(step -> """
                {"run": "%s", "step": %d, "epoch": 1, "last": false, "uri": "%s", "digest": "sha256:0", "tokensSeen": 0,
                 "nextOffset": 0, "createdAt": "2026-01-01T00:00:00Z"}"""
                .formatted(name, step, folder.resolve(Integer.toString(step)).toUri())).collect(Collectors.joining(","));
        return """
                {"run": "%s", "phase": "%s", "requestedAt": "2026-02-01T10:00:00Z", "firstRequestedAt": "2026-01-31T10:00:00Z",
                 "checkpoints": [%s],
                 "progress": {"run": "%s", "at": "2026-01-01T00:00:00Z", "phase": "%s", "step": 4, "steps": 9, "epoch": 1,
                              "epochs": 1, "tokensSeen": 0, "message": "the last words"},
                 "specification": {"model": {"location": "/models/gpt2"}, "data": {"dataset": "d"}}}"""
                .formatted(name, phase, checkpoints, name, phase);
    }

    /** A run that was started long before the others, and cancelled after them. */
    private String cancelledToday(String name) {
        return run(name, "CANCELLED").replace("2026-01-31", "2025-01-31").replace("2026-02-01", "2026-03-01");
    }

    private static String grades(String run, int checkpoints, String best) {
        return "{\"run\":\"%s\",\"validationLoss\":1.25,\"exams\":{\"questions\":2,\"graded\":2,\"checkpoints\":%d},%s}"
                .formatted(run, checkpoints, best);
    }
}
