package dev.apprentice.trainer.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.testkit.LargeBody;
import dev.apprentice.testkit.MetricsPage;
import dev.apprentice.testkit.UnansweredRequest;
import dev.apprentice.trainer.TaughtRun;
import dev.apprentice.trainer.TrainerHome;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(TrainerHome.class)
class RunsResourceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    KafkaTopics topics;

    @TempDir
    Path model;

    @BeforeEach
    void layOutTheModelAndAwaitReadiness() {
        Fixtures.modelFolder("tiny-gpt2", model);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nope, */*, 404, There is nothing at /nope; GET /q/openapi lists all calls of this service.",
        "GET, /q/nope, */*, 404, There is nothing at /q/nope; GET /q/openapi lists all calls of this service.",
        "PUT, /runs, */*, 405, /runs does not take PUT; GET /q/openapi lists all calls of this service.",
        "GET, /runs, image/png, 406, '/runs is not answered as image/png; leave the Accept header out, or see in GET /q/openapi what there is.'"
    })
    void aRequestThatNoCallAnswersGetsTheWayOut(String method, String path, String accept, int status, String detail) throws Exception {
        assertThat(UnansweredRequest.send(RestAssured.port, method, path, accept)).startsWith(status + " application/problem+json {").contains("\"" + detail + "\"");
    }

    @Test
    void startsARunAndSaysWhereItIs() {
        post("""
                {"run": "first", "model": {"location": "%s"}, "data": {"dataset": "facts"},
                 "training": {"epochs": 3, "schedule": "Cosine", "precision": "bfloat16", "checkpointAfter": "PT90S",
                              "lora": {"rank": 4, "targets": ["c_attn"]}, "keepCheckpoints": {"last": 3}}}"""
                .formatted(model))
                .statusCode(201)
                .header("Location", endsWith("/runs/first"))
                .body("run", equalTo("first"), "phase", equalTo("WAITING"));
        when().get("/runs/first").then().statusCode(200)
                .body("specification.training.epochs", equalTo(3))
                .body("specification.training.schedule", equalTo("COSINE"))
                .body("specification.training.batchSize", equalTo(8))
                .body("specification.training.precision", equalTo("BFLOAT16"))
                .body("specification.training.checkpointAfter", equalTo("PT1M30S"))
                .body("specification.training.lora.alpha", equalTo(8f))
                .body("specification.training.lora.targets", hasItem("c_attn"))
                .body("specification.training.keepCheckpoints.best", equalTo(1))
                .body("specification.data.promptStyle", equalTo("alpaca"));
        when().get("/runs").then().statusCode(200).body("run", hasItem("first"));
        assertThat(topics.read(Topics.RUNS)).extracting(Run::run).contains("first");
        cancel("first");
    }

    @Test
    void makesUpANameFromTheDatasetAndTheTime() {
        String name = post("{'model': {'location': '%s'}, 'data': {'dataset': 'facts'}}")
                .statusCode(201)
                .body("run", matchesPattern("facts-\\d{8}-\\d{6}"))
                .extract().path("run");
        cancel(name);
    }

    @Test
    void refusesASecondRunOfTheSameName() {
        post("{'run': 'twice', 'model': {'location': '%s'}, 'data': {'dataset': 'facts'}}").statusCode(201);
        post("{'run': 'twice', 'model': {'location': '%s'}, 'data': {'dataset': 'facts'}}")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", equalTo(
                        "there is a run 'twice' already; choose another name, or leave it out to have one generated"));
        cancel("twice");
    }

    @Test
    void refusesABodyThatTurnsOutTooLargeWithTheLimit() throws IOException {
        assertThat(LargeBody.post(RestAssured.port, "/runs", "application/json", "{\"run\": \"")).startsWith("HTTP/1.1 413").contains(
                "application/problem+json",
                "The body exceeds the limit of 10485760 bytes (quarkus.http.limits.max-body-size); send a smaller body.");
    }

    @Test
    void checksARunWithoutStartingIt() {
        String request = "{'run': 'checked', 'model': {'location': '%s'}, 'data': {'dataset': 'facts'}, 'training': {'epochs': EPOCHS}}";
        check(request.replace("EPOCHS", "3")).statusCode(200)
                .body("training.epochs", equalTo(3), "training.batchSize", equalTo(8), "data.dataset", equalTo("facts"));
        when().get("/runs/checked").then().statusCode(404);
        check(request.replace("EPOCHS", "0")).statusCode(400).body("violations.field", hasItem("training.epochs"));

        post("/runs?check=yes", request.replace("EPOCHS", "3")).statusCode(400)
                .body("detail", equalTo("parameter 'check' is 'yes'; it must be true or false"));
        when().get("/runs/checked").then().statusCode(404);

        post(request.replace("EPOCHS", "1")).statusCode(201);
        given().queryParam("tokensPerBatch", "many").post("/runs/checked/resume").then().statusCode(400)
                .body("detail", equalTo("parameter 'tokensPerBatch' is 'many'; it must be a whole number of at least 1"));
        given().queryParam("activationCheckpointing", "1").post("/runs/checked/resume").then().statusCode(400)
                .body("detail", equalTo("parameter 'activationCheckpointing' is '1'; it must be true or false"));
        given().header("Last-Event-ID", "x").get("/runs/checked/progress").then().statusCode(400);
        check(request.replace("EPOCHS", "1")).statusCode(409);
        cancel("checked");
    }

    @Test
    void refusesANameWhoseReportCouldNotBeAskedFor() {
        post("{'run': 'compare', 'model': {'location': '%s'}, 'data': {'dataset': 'facts'}}")
                .statusCode(400)
                .body("violations.field", hasItem("run"))
                .body("violations.message", hasItem("must not be 'compare': GET /reports/compare compares runs, so its"
                        + " report could not be asked for; choose another name"));
    }

    @Test
    void refusesJudgesThatAreNoneAndMoreThanARunMayHave() {
        String request = "{'run': 'judged', 'model': {'location': '%s'}, 'data': {'dataset': 'facts'}, 'judge': 'JUDGES'}";
        for (String judges : new String[] {"ollama:x@../../../etc/passwd", "a,b,c,d,e,f,g,h,i", "a".repeat(10_000)}) {
            post(request.replace("JUDGES", judges))
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("violations.field", hasItem("judge"))
                    .body("violations.message", hasItem(startsWith("must name at most 8 judges, separated by commas; a judge is [SERVER:]MODEL[@RUBRIC]")));
        }
        post(request.replace("JUDGES", "llama3:8b,openai:org/qwen3@five-point")).statusCode(201);
        cancel("judged");
    }

    @Test
    void refusesAnAdapterWhoseCheckpointsCouldNeverBeOpened() {
        String request = "{'run': 'adapter', 'model': {'location': '%s', 'start': 'random'}, 'data': {'dataset': 'facts'},"
                + " 'training': {'lora': {'rank': 2, 'merge': MERGE}}}";
        post(request.replace("MERGE", "false"))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.message", hasItem("training.lora.merge must be true if model.start is random: an adapter needs its base"
                        + " model, and random weights are not saved; set it, or start from the model's weights"));
        post(request.replace("MERGE", "true")).statusCode(201);
        cancel("adapter");
    }

    @Test
    void namesEverythingThatIsOutOfRangeInOneProblem() {
        post("""
                {'run': 'bad name', 'model': {'location': ' '},
                 'data': {'promptStyle': 'gpt', 'split': {'train': 0.9, 'test': 0.5}, 'maxLength': 1},
                 'training': {'epochs': 0, 'batchSize': 0, 'learningRate': -1, 'beta1': 1,
                              'epsilon': 0, 'maxGradientNorm': 0, 'evaluateEvery': 0, 'checkpointEvery': 0,
                              'gradientAccumulation': 0,
                              'lora': {'alpha': 0, 'dropout': 1, 'targets': [' ']}, 'checkpointAfter': 'PT0S',
                              'keepCheckpoints': {'last': 0, 'best': -1}},
                 'generation': {'maxNewTokens': 0}}""")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", containsInAnyOrder(
                        "run", "model.location", "data.dataset", "data.promptStyle", "data.split.shares",
                        "data.maxLength", "training.epochs", "training.batchSize", "training.learningRate",
                        "training.beta1", "training.epsilon", "training.maxGradientNorm",
                        "training.evaluateEvery", "training.checkpointEvery", "generation.maxNewTokens",
                        "training.gradientAccumulation",
                        "training.lora.rank", "training.lora.alpha", "training.lora.dropout",
                        "training.lora.targets", "training.checkpointAfter",
                        "training.keepCheckpoints.last", "training.keepCheckpoints.best"))
                .body("violations.message", hasItem("must be one of alpaca, phi3, chatml, llama-2, llama-3, zephyr, vicuna, plain, model"));
    }

    @Test
    void namesTheChoicesWhereAChoiceIsNone() {
        String request = "{'model': {'location': '%s'}, 'data': {'dataset': 'facts'}, 'training': {'SETTING': 'steps'}}";
        check(request.replace("SETTING", "schedule")).statusCode(400).body("detail", equalTo(
                "field 'training.schedule' is 'steps'; it must be one of constant, linear, cosine"));
        check(request.replace("SETTING", "precision")).statusCode(400).body("detail", equalTo(
                "field 'training.precision' is 'steps'; it must be one of float32, bfloat16"));
    }

    @Test
    void boundsWhatHasNoBoundByItself() {
        post("""
                {'model': {'location': '%s'},
                 'data': {'dataset': 'facts', 'source': 'stream'},
                 'training': {'maxSteps': 0, 'patience': 2},
                 'generation': {'maxNewTokens': 2147483647}, 'judge': 'ollama:x@../../../etc/passwd'}""")
                .statusCode(400)
                .body("violations.field", containsInAnyOrder(
                        "training.maxSteps", "generation.maxNewTokens", "judge", "patienceWithSomethingThatEnds"));
        post("{'model': {'location': '%s'}, 'data': {'dataset': 'facts', 'split': {'train': 0.9, 'test': 0.1}},"
                        + " 'training': {'patience': 2}}")
                .statusCode(400)
                .body("violations.message", hasItem("training.patience needs validation examples; give data.split shares that"
                        + " leave some"));
    }

    @Test
    void takesPrecisionsAsOtherProgramsCallThem() {
        check("{'model': {'location': '%s'}, 'data': {'dataset': 'facts'}, 'training': {'precision': 'bf16'}}")
                .statusCode(200).body("training.precision", equalTo("BFLOAT16"));
        check("{'model': {'location': '%s'}, 'data': {'dataset': 'facts'}, 'training': {'precision': 'FP32'}}")
                .statusCode(200).body("training.precision", equalTo("FLOAT32"));
    }

    @Test
    void refusesAnAddressAsAModelWithoutRepeatingThePasswordInIt() {
        for (String location : List.of("https://me:s3cret@example.org/gpt2", "hf:https://me:s3cret@example.org/gpt2")) {
            post("{'model': {'location': '" + location + "'}, 'data': {'dataset': 'facts'}}")
                    .statusCode(422)
                    .body("detail", startsWith("model.location is an address"))
                    .body("detail", not(containsString("s3cret")));
        }
    }

    @Test
    void saysWhereTheJsonBreaks() {
        post("{'run': 'broken',\n 'model': }")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("not JSON at line 2, column 11"));
    }

    @Test
    void namesAMisspeltField() {
        post("{'model': {'location': '%s'}, 'data': {'dataset': 'facts'}, 'training': {'learning_rate': 1}}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", startsWith("there is no field 'training.learning_rate'; the fields are activationCheckpointing, "));
    }

    @Test
    void namesAFieldOfTheWrongType() {
        post("{'model': {'location': '%s'}, 'data': {'dataset': 'facts'}, 'training': {'epochs': 'two'}}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", equalTo("field 'training.epochs' must be a whole number"));
    }

    @Test
    void namesAnElementOfTheWrongTypeByItsPlace() {
        post("{'model': {'location': '%s'}, 'data': {'dataset': 'facts'}, 'training': {'lora': {'targets': ['a', {}]}}}")
                .statusCode(400)
                .body("detail", equalTo("field 'training.lora.targets[1]' must be a text"));
        post("{'model': {'location': '%s'}, 'data': {'dataset': 'facts'}, 'training': {'lora': {'targets': ['a', null]}}}")
                .statusCode(400)
                .body("detail", equalTo("field 'training.lora.targets[1]' is null"));
        post("{'model': {'location': '%s'}, 'data': {'dataset': 'facts'}, 'labels': ['a', null]}")
                .statusCode(400)
                .body("violations.find { it.field == 'labels' }.message", equalTo("must have entries of 1 to 1000 letters, none of them blank"));
        post("{'model': {'location': '%s'}, 'data': {'dataset': 'facts'}, 'training': {'checkpointAfter': '10m'}}")
                .statusCode(400)
                .body("detail", equalTo(
                        "field 'training.checkpointAfter' is '10m'; it must be a duration such as PT10M"));
        post("[]").statusCode(400).body("detail", equalTo("the body must be an object"));
    }

    @Test
    void asksForABody() {
        given().contentType(ContentType.JSON).post("/runs").then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.message", hasItem("a run's description is needed"));
    }

    @Test
    void refusesAModelThatIsNotThere() throws IOException {
        Files.delete(model.resolve("tokenizer.json"));
        postUsual().statusCode(422).contentType("application/problem+json")
                .body("title", equalTo("Unusable model"), "detail", containsString("tokenizer.json"));
    }

    @Test
    void refusesAModelWithoutWeightsUnlessItStartsFromRandomOnes() throws IOException {
        Files.delete(model.resolve("model.safetensors"));
        postUsual().statusCode(422).body("detail", containsString("model.safetensors"));
        post("{'run': 'fresh', 'model': {'location': '%s', 'start': 'random'}, 'data': {'dataset': 'facts'}}")
                .statusCode(201);
        cancel("fresh");
    }

    @Test
    void refusesAPickledModelAndSaysWhy() throws IOException {
        Files.move(model.resolve("model.safetensors"), model.resolve("pytorch_model.bin"));
        postUsual().statusCode(422).body("detail", containsString("pickled weights"));
    }

    @Test
    void refusesAModelOfAnUnknownFamily() throws IOException {
        edit("config.json", "\"gpt2\"", "\"mamba\"");
        postUsual().statusCode(422).body("detail", containsString("mamba"));
    }

    @Test
    void refusesWeightsThatConfigJsonDoesNotDescribe(@TempDir Path temporary) throws IOException {
        Path untied = Fixtures.modelFolder("tiny-gptneox", temporary);
        Path config = untied.resolve("config.json");
        Files.writeString(config, Files.readString(config)
                .replaceAll("\"tie_word_embeddings\": false", "\"tie_word_embeddings\": true"));
        check("{'model': {'location': '" + untied + "'}, 'data': {'dataset': 'facts'}}")
                .statusCode(422)
                .body("detail", startsWith(config + " says that the head is tied to the embedding ('tie_word_embeddings'), but the"
                        + " weights hold a 'embed_out.weight' that differs from 'gpt_neox.embed_in.weight'"));

        edit("config.json", "\"n_layer\": 2", "\"n_layer\": 3");
        postUsual().statusCode(422).body("detail", containsString("lack the tensor 'transformer.h.2."));
        edit("config.json", "\"n_layer\": 3", "\"n_layer\": 2");
        edit("config.json", "\"n_positions\": 512", "\"n_positions\": 256");
        postUsual().statusCode(422).body("detail", containsString("has the shape [512, "));
    }

    @Test
    void refusesAVocabularyThatDoesNotFitTheTokenizer() throws IOException {
        edit("config.json", "\"vocab_size\": 257", "\"vocab_size\": 200");
        postUsual().statusCode(422).body("detail", containsString("200"));
    }

    @Test
    void refusesARelativeModelPath() {
        post("{'model': {'location': 'models/gpt2'}, 'data': {'dataset': 'facts'}}")
                .statusCode(422)
                .body("detail", containsString("'models/gpt2' is a relative path"));
    }

    @Test
    void takesAModelOnTheHubByItsNameAndRefusesWhatIsNone() {
        post("{'run': 'hubs', 'model': {'location': 'hf:textbook/tiny@v1'}, 'data': {'dataset': 'facts'}}").statusCode(201);
        cancel("hubs");
        post("{'model': {'location': 'hf:textbook/../tiny'}, 'data': {'dataset': 'facts'}}")
                .statusCode(422)
                .body("detail", containsString("write hf:organisation/name"));
    }

    @Test
    void refusesRowsLongerThanTheModelsContext() {
        post("{'model': {'location': '%s'}, 'data': {'dataset': 'facts', 'maxLength': 513}}")
                .statusCode(422)
                .body("detail", containsString("data.maxLength is 513"))
                .body("detail", containsString("512"));
    }

    @Test
    void namesARunThatIsUnknown() {
        String reason = "there is no run 'nobody'; GET /runs lists all runs";
        when().get("/runs/nobody").then().statusCode(404).body("detail", equalTo(reason));
        when().delete("/runs/nobody").then().statusCode(404).body("detail", equalTo(reason));
        when().get("/runs/nobody/progress").then().statusCode(404).body("detail", equalTo(reason));
    }

    @Test
    void cancelsARunThatWaits() {
        post("{'run': 'unwanted', 'model': {'location': '%s'}, 'data': {'dataset': 'facts'}}").statusCode(201);
        when().delete("/runs/unwanted").then().statusCode(202).body("desired", equalTo("CANCEL"));
        topics.await(Topics.PROGRESS, 1, p -> p.run().equals("unwanted") && p.phase() == Phase.CANCELLED);
        Awaitility.await().atMost(PATIENCE).untilAsserted(
                () -> when().get("/runs/unwanted").then().body("phase", equalTo("CANCELLED")));
    }

    /** Answers may wait for a judge that is unavailable, and judge-service learns from the log that they are no longer wanted. */
    @Test
    void aRunThatIsTrainedStaysSoWhenItIsCancelledAndTheLogOfRunsSaysThatItWas() {
        Run run = TaughtRun.named("graded", model, TaughtRun.training(1, Optional.empty()));
        topics.publish(Topics.PROGRESS, ProgressBuilder.builder()
                .run(run.run())
                .at(Instant.now())
                .phase(Phase.COMPLETED)
                .step(4)
                .epoch(1)
                .epochs(1)
                .tokensSeen(0)
                .message("trained for 4 steps")
                .build());
        topics.publish(Topics.RUNS, run);
        Awaitility.await().atMost(PATIENCE).untilAsserted(
                () -> when().get("/runs/" + run.run()).then().body("phase", equalTo("COMPLETED")));

        when().delete("/runs/" + run.run()).then().statusCode(202)
                .body("phase", equalTo("COMPLETED"), "desired", equalTo("CANCEL"));
        when().delete("/runs/" + run.run()).then().statusCode(202);

        assertThat(topics.read(Topics.RUNS)).filteredOn(wanted -> wanted.run().equals(run.run())).extracting(Run::desired)
                .containsExactly(Run.DesiredState.RUN, Run.DesiredState.CANCEL);
    }

    @Test
    void streamsARunsProgressFromItsBeginningToItsEnd() {
        Run run = TaughtRun.named("streamed", model, TaughtRun.training(1, Optional.empty()));
        topics.publish(Topics.RUNS, run);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> when().get("/runs/" + run.run()).then().statusCode(200));
        TaughtRun.publishBatches(topics, run);

        // this call returns when the stream ends
        String stream = when().get("/runs/" + run.run() + "/progress").then()
                .statusCode(200)
                .contentType("text/event-stream")
                .extract().asString();

        List<Progress> progress = topics.read(Topics.PROGRESS).stream()
                .filter(p -> p.run().equals(run.run()))
                .toList();
        assertThat(stream.lines().filter(line -> line.startsWith("data:"))).hasSize(progress.size());
        assertThat(stream).contains("event:progress", "\"phase\":\"COMPLETED\"");
        assertThat(progress.get(progress.size() - 1).phase()).isEqualTo(Phase.COMPLETED);
        String lastId = stream.lines().filter(line -> line.startsWith("id:")).reduce((a, b) -> b).orElseThrow();
        assertThat(given().header("Last-Event-ID", lastId.substring(3).trim())
                        .get("/runs/" + run.run() + "/progress").asString())
                .isBlank();
    }

    @Test
    void showsItsMetricsAndItsInterface() {
        when().get("/q/metrics").then().statusCode(200)
                .body(containsString("apprentice_trainer_step_seconds_count"))
                .body(containsString("apprentice_trainer_tokens_total"))
                .body(containsString("apprentice_trainer_validation_loss"))
                .body(containsString("apprentice_trainer_batches_left"))
                .body(containsString("apprentice_trainer_runs{phase=\"training\"}"));
        MetricsPage.of(given().accept("text/plain").get("/q/metrics").asString(), "trainer").requireGoodManners();
        when().get("/q/openapi").then().statusCode(200).body(containsString("/runs/{run}/progress"));
    }

    private ValidatableResponse postUsual() {
        return post("{'model': {'location': '%s'}, 'data': {'dataset': 'facts'}}");
    }

    private ValidatableResponse post(String json) {
        return post("/runs", json);
    }

    private ValidatableResponse check(String json) {
        return post("/runs?check=true", json);
    }

    private ValidatableResponse post(String path, String json) {
        return given().contentType(ContentType.JSON)
                .body(json.replace('\'', '"').replace("%s", model.toString()))
                .post(path)
                .then();
    }

    private void edit(String file, String from, String to) throws IOException {
        String before = Files.readString(model.resolve(file));
        assertThat(before).contains(from);
        Files.writeString(model.resolve(file), before.replace(from, to));
    }

    private static void cancel(String run) {
        when().delete("/runs/" + run).then().statusCode(202);
    }
}
