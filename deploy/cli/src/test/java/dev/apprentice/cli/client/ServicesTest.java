package dev.apprentice.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apprentice.cli.client.answer.Answered;
import dev.apprentice.cli.client.answer.AnsweredExample;
import dev.apprentice.cli.client.answer.Dataset;
import dev.apprentice.cli.client.answer.PutDataset;
import dev.apprentice.cli.client.answer.Regraded;
import dev.apprentice.cli.client.answer.StepReport;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {

    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void uploadsAFileAsItIs(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("data.json"), "[{\"instruction\": \"ü\"}]");
        service.answers("POST /datasets/my%20data?file=data.json", 201, "{\"name\": \"my data\", \"version\": 1, \"examples\": 1, \"duplicates\": 0}");

        Dataset dataset = new DatasetClient(service.as(Member.DATASET_SERVICE)).put("my data", file);

        assertThat(dataset).isEqualTo(new Dataset("my data", 1, 1, 0, Map.of()));
        assertThat(service.asked().get(0).body()).isEqualTo("[{\"instruction\": \"ü\"}]");
    }

    @Test
    void saysWhatOfADatasetIsTwiceAndWhatIsNotLearned() {
        assertThat(new Dataset("d", 1, 40, 39, Map.of("system", 12, "history", 3)).inWords())
                .isEqualTo("Dataset d has 40 examples, with 39 duplicates of an earlier one. Ignored fields: 'history' in 3"
                        + " examples, 'system' in 12 examples.");
        assertThat(new Dataset("d", 1, 40, 0, Map.of()).inWords()).isEqualTo("Dataset d has 40 examples.");
    }

    @Test
    void saysWhatADatasetHadBeforeItWasPut() {
        Dataset streamed = dataset(3, 202, "sha256:streamed");
        Dataset put = dataset(4, 100, "sha256:file");

        assertThat(new PutDataset(put, Optional.of(streamed)).inWords()).isEqualTo("Dataset d has 100 examples. They replace what d had:"
                + " 202 examples, version 3; --dataset NAME puts a file's examples under another name.");
        assertThat(new PutDataset(put, Optional.of(dataset(4, 100, "sha256:file"))).inWords()).isEqualTo("Dataset d has 100 examples.");
        assertThat(new PutDataset(put, Optional.empty()).inWords()).isEqualTo("Dataset d has 100 examples.");
    }

    private static Dataset dataset(int version, int examples, String lineage) {
        return new Dataset("d", version, examples, 0, Map.of(), Optional.empty(), Map.of(), Optional.empty(), Optional.empty(),
                Optional.of(lineage), Optional.empty());
    }

    @Test
    void findsADatasetWhereThereIsOne() {
        service.answers("GET /datasets/d", 200, "{\"name\": \"d\", \"version\": 2, \"examples\": 3, \"duplicates\": 0}");
        service.answers("GET /datasets/none", 404, "{\"title\": \"Not found\", \"status\": 404}");
        DatasetClient datasets = new DatasetClient(service.as(Member.DATASET_SERVICE));

        assertThat(datasets.find("d")).contains(new Dataset("d", 2, 3, 0, Map.of()));
        assertThat(datasets.find("none")).isEmpty();
    }

    @Test
    void listsShowsAndDeletesDatasets() {
        String known = "{\"name\": \"d\", \"version\": 2, \"examples\": 3, \"duplicates\": 0, \"source\": \"upload\","
                + " \"updatedAt\": \"2026-01-02T03:04:05Z\", \"lineage\": \"sha256:00\"}";
        service.answers("GET /datasets", 200, "[" + known + "]");
        service.answers("GET /datasets/d", 200, known);
        service.answers("DELETE /datasets/d", 200, known);
        DatasetClient datasets = new DatasetClient(service.as(Member.DATASET_SERVICE));

        Dataset dataset = datasets.get("d");
        assertThat(dataset.lineage()).hasValue("sha256:00");
        assertThat(datasets.all()).containsExactly(dataset);
        assertThat(datasets.delete("d")).isEqualTo(dataset);
    }

    @Test
    void asksForARunWithWhatWasGivenAndNothingElse() {
        service.answers("POST /runs", 201, "{\"run\": \"r\", \"phase\": \"WAITING\", \"checkpoints\": []}");
        Map<String, Object> training = new LinkedHashMap<>();
        training.put("epochs", 3);

        new TrainerClient(service.as(Member.TRAINER_SERVICE)).start(new RunRequest(
                Optional.of("r"),
                new RunRequest.Model("/models/gpt2", Optional.empty()),
                RunRequest.Data.of("d").with("promptStyle", Optional.of("phi3")).with("maxLength", Optional.empty())
                        .from(Path.of("/data/../data/d.json")),
                training,
                Map.of("maxNewTokens", 16),
                Map.of("labels", List.of("good", "bad"))));

        assertThat(service.asked().get(0).body())
                .isEqualTo("{\"run\":\"r\",\"model\":{\"location\":\"/models/gpt2\"},"
                        + "\"data\":{\"dataset\":\"d\",\"promptStyle\":\"phi3\",\"file\":\"/data/d.json\"},\"training\":{\"epochs\":3},"
                        + "\"generation\":{\"maxNewTokens\":16},\"labels\":[\"good\",\"bad\"]}");
    }

    @Test
    void asksForARunToBeGradedAnewByItsOwnJudgesOrByOthers() {
        service.answers("POST /runs/r/regrade", 202, "{\"run\": \"r\", \"responses\": 12, \"judges\": [\"llama3\"]}");
        JudgeClient judges = new JudgeClient(service.as(Member.JUDGE_SERVICE));

        assertThat(judges.regrade("r", Optional.empty())).isEqualTo(new Regraded("r", 12, List.of("llama3")));
        judges.regrade("r", Optional.of("llama3,phi3"));

        assertThat(service.asked()).extracting(FakeService.Asked::body).containsExactly("{}", "{\"judge\":\"llama3,phi3\"}");
    }

    @Test
    void asksForAStreamByItsName() {
        service.answers("POST /runs", 201, "{\"run\": \"r\", \"phase\": \"WAITING\", \"checkpoints\": []}");
        new TrainerClient(service.as(Member.TRAINER_SERVICE)).start(new RunRequest(
                Optional.empty(),
                new RunRequest.Model("/models/gpt2", Optional.empty()),
                RunRequest.Data.stream("d").with("linger", Optional.of(Duration.ofSeconds(2))).with("replay", Optional.of(0.25)),
                Map.of(),
                Map.of(),
                Map.of()));
        assertThat(service.asked().get(0).body())
                .isEqualTo("{\"model\":{\"location\":\"/models/gpt2\"},\"data\":{\"dataset\":\"d\","
                        + "\"source\":\"stream\",\"linger\":\"PT2S\",\"replay\":0.25},\"training\":{}}");
    }

    @Test
    void goesOnBehindTheLastEventSeen() {
        String first = "{\"run\":\"r\",\"at\":\"2026-01-01T00:00:00Z\",\"phase\":\"TRAINING\",\"step\":1,\"epoch\":1,"
                + "\"epochs\":1,\"tokensSeen\":0}";
        String last = first.replace("TRAINING", "COMPLETED");
        service.answers("GET /runs/r/progress", 200,
                "event: progress\nid: 7\ndata: " + first + "\n\n: still here\n\nid:8\ndata:" + last + "\n\n");
        List<String> ids = new ArrayList<>();
        List<Phase> phases = new ArrayList<>();

        new TrainerClient(service.as(Member.TRAINER_SERVICE)).progress("r", Optional.of("6"), (id, progress) -> {
            ids.add(id.orElseThrow());
            phases.add(progress.phase());
        });

        assertThat(service.asked().get(0).lastEventId()).hasValue("6");
        assertThat(ids).containsExactly("7", "8");
        assertThat(phases).containsExactly(Phase.TRAINING, Progress.Phase.COMPLETED);
    }

    @Test
    void readsHowFarAnExamIs() {
        service.answers("GET /runs/r/responses?step=0", 200,
                "[{\"instruction\":\"i\",\"input\":\"\",\"output\":\"o\",\"model_response\":\"m\"}]",
                Map.of("X-Apprentice-Step", "0", "X-Apprentice-Complete", "1/110"));

        Answered answered = new InferenceClient(service.as(Member.INFERENCE_SERVICE)).responses("r", Optional.of(0));

        assertThat(answered).isEqualTo(new Answered(0, List.of(new AnsweredExample("i", "", "o", "m")), 110));
        assertThat(answered.complete()).isFalse();
    }

    @Test
    void readsAReport() {
        service.answers("GET /reports/r", 200, """
                {"run": "r", "steps": [{"step": 0, "questions": 2, "graded": 1, "complete": false,
                  "judges": [{"judge": "llama3", "mean": 12.5, "scored": 1, "unreadable": 0}],
                  "metrics": {"exact_match": 0.5}, "sinceBase": {}}]}""");

        StepReport base = new JudgeClient(service.as(Member.JUDGE_SERVICE)).report("r").at(0).orElseThrow();

        assertThat(base.complete()).isFalse();
        assertThat(base.metrics()).containsEntry("exact_match", 0.5);
        assertThat(base.judges().get(0).mean()).hasValue(12.5);
        assertThat(base.note()).isEmpty();
    }

    @Test
    void saysEveryViolationOfAProblem() {
        service.answers("GET /runs", 400, """
                {"status": 400, "title": "Invalid dataset", "detail": "2 entries cannot be used", "violations": [
                  {"entry": 0, "line": 3, "field": "output", "message": "is missing"},
                  {"entry": 1, "line": 0, "field": "output", "message": "is blank"},
                  {"field": "training.epochs", "in": "body", "message": "must be at least 1"}]}""");

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> new TrainerClient(service.as(Member.TRAINER_SERVICE)).runs())
                .withMessage("""
                        trainer-service says: Invalid dataset: 2 entries cannot be used
                          - line 3, entry [0]: output is missing
                          - entry [1]: output is blank
                          - training.epochs must be at least 1""");
    }

    @Test
    void saysOnceWhatIsWrongInSeveralPlaces() {
        service.answers("GET /runs", 400, """
                {"status": 400, "title": "Invalid dataset", "detail": "5 of 5 entries cannot be used", "violations": [
                  {"file": "a.jsonl", "entry": 0, "line": 3, "field": "output", "message": "is missing"},
                  {"entry": 1, "line": 0, "field": "output", "message": "is blank"},
                  {"file": "a.jsonl", "entry": 2, "line": 5, "field": "output", "message": "is missing"},
                  {"file": "b.csv", "entry": 0, "field": "output", "message": "is missing"},
                  {"file": "b.csv", "entry": 7, "field": "output", "message": "is missing"}]}""");

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> new TrainerClient(service.as(Member.TRAINER_SERVICE)).runs())
                .withMessage("""
                        trainer-service says: Invalid dataset: 5 of 5 entries cannot be used
                          - 4 × output is missing: a.jsonl, line 3, entry [0]; a.jsonl, line 5, entry [2]; b.csv, entry [0] and others
                          - entry [1]: output is blank""");
    }

    @Test
    void quotesAnErrorThatIsNoProblemDocument() {
        service.answers("GET /runs", 502, "<html>Bad gateway</html>");

        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> new TrainerClient(service.as(Member.TRAINER_SERVICE)).runs())
                .withMessage("trainer-service says: HTTP status 502: <html>Bad gateway</html>");
    }

    @Test
    void namesTheServiceThatDoesNotAnswer() {
        Ports ports = service.as(Member.JUDGE_SERVICE);
        service.close();

        assertThatExceptionOfType(UnreachableException.class)
                .isThrownBy(() -> new JudgeClient(ports).report("r"))
                .withMessage("judge-service does not answer at %s (nothing listens there); see `apprentice status` and"
                        + " `apprentice logs judge-service`.", ports.url(Member.JUDGE_SERVICE));
    }

    @Test
    void namesTheServiceThatAnswersSomethingElse() {
        service.answers("GET /runs", 200, "hello");

        assertThatExceptionOfType(UnreachableException.class)
                .isThrownBy(() -> new TrainerClient(service.as(Member.TRAINER_SERVICE)).runs())
                .withMessageContaining("trainer-service")
                .withMessageContaining("sent a response that this command cannot read");
    }
}
