package dev.apprentice.judge.judges.grading;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.apprentice.judge.Ollama.answering;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.Ollama;
import dev.apprentice.judge.OllamaResource;
import dev.apprentice.judge.OpenAi;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.Waiting;
import dev.apprentice.judge.responses.ResponsesNotReadyException;
import dev.apprentice.judge.responses.ScoredResponses;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.testkit.MetricsPage;
import dev.apprentice.testkit.Prometheus;
import dev.apprentice.testkit.ScrapingPrometheus;
import dev.apprentice.testkit.ScrapingPrometheus.Query;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(OllamaResource.class)
class JudgedResponsesTest {

    KafkaTopics topics;
    Ollama ollama;
    OpenAi openAi;

    @Inject
    ScoredResponses responses;

    @Test
    void ollamaIsAskedTheTextbooksQuestionWithItsOptions() {
        ollama.model("textbook", answering("85"));

        Score score = grade("asked-by-ollama", "textbook", "It is a cat.", "A cat.");

        assertThat(score.verdicts()).singleElement().satisfies(verdict -> {
            assertThat(verdict.judge()).isEqualTo("textbook");
            assertThat(verdict.score()).contains(85.0);
            assertThat(verdict.seconds()).isPositive();
        });
        assertThat(score.metrics()).containsKeys("exact_match", "rouge_l", "token_f1", "bleu", "chrf", "response_length");
        assertThat(score.statistics()).containsOnlyKeys("bleu", "chrf");
        assertThat(ollama.questions("textbook")).singleElement().satisfies(question -> {
            JsonNode options = question.get("options");
            assertThat(options.get("seed").intValue()).isEqualTo(123);
            assertThat(options.get("temperature").doubleValue()).isZero();
            assertThat(options.get("num_ctx").intValue()).isEqualTo(2048);
            assertThat(question.get("stream").booleanValue()).isFalse();
            assertThat(question.get("messages")).hasSize(1);
            assertThat(question.at("/messages/0/role").textValue()).isEqualTo("user");
            assertThat(question.at("/messages/0/content").textValue()).isEqualTo("""
                    Given the input `Below is an instruction that describes a task. Write a response that \
                    appropriately completes the request.

                    ### Instruction:
                    What is it?` and correct output `It is a cat.`, score the model response `A cat.` \
                    on a scale from 0 to 100, where 100 is the best score. Respond with the integer number only.""");
        });
    }

    @Test
    void theScoreCarriesTheTraceOfItsResponseOn() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        topics.publish(
                Topics.RESPONSES,
                Samples.response("traced", 0, 0, 1, "x", "", Optional.of("unasked")),
                Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        scores("traced", 1);

        assertThat(topics.records(Topics.SCORES.name()))
                .filteredOn(record -> record.key().startsWith("traced/"))
                .extracting(record -> KafkaTopics.header(record, "traceparent"))
                .singleElement()
                .asString()
                .startsWith("00-" + trace + "-");
    }

    @Test
    void anAnswerThatIsNoIntegerIsUnreadableAndKeptAsItIs() {
        ollama.model("chatty", answering("I would rate this 85 out of 100."));

        assertThat(onlyVerdict(grade("chatty-run", "chatty", "x", "y")))
                .satisfies(verdict -> assertThat(verdict.score()).isEmpty())
                .satisfies(verdict ->
                        assertThat(verdict.unreadable()).contains("I would rate this 85 out of 100."));
        assertThat(ollama.questions("chatty")).as("the question, and one attempt at repair").hasSize(2);
    }

    @Test
    void whatWasAnsweredAndGradedCanBeLookedAt() {
        ollama.model("looked-at", answering("85"));

        Score score = grade("shown", "looked-at", "It is a cat.", "A cat.");

        Waiting.await()
                .ignoreException(ResponsesNotReadyException.class)
                .untilAsserted(() -> assertThat(responses.of("shown", 0)).singleElement().satisfies(shown -> {
                    assertThat(shown.response().response()).isEqualTo("A cat.");
                    assertThat(shown.score()).contains(score);
                }));
    }

    @Test
    void aQuestionThatFilledTheContextWasCutAndGivesNoScore() {
        ollama.model("short-sighted", answering("85", 2048));

        assertThat(onlyVerdict(grade("cut", "short-sighted", "x", "y"))).satisfies(verdict -> {
            assertThat(verdict.score()).isEmpty();
            assertThat(verdict.unreadable()).contains("85");
            assertThat(verdict.promptCut()).contains(true);
            assertThat(verdict.promptTokens()).contains(2048);
        });
        assertThat(ollama.questions("short-sighted")).hasSize(1);
    }

    @Test
    void theVerdictNamesTheBytesOfTheModel() {
        ollama.model("listed", answering("85"));
        ollama.lists("listed:latest", "0a1b");

        assertThat(onlyVerdict(grade("digest", "listed", "x", "y")).digest()).contains("sha256:0a1b");
    }

    @Test
    void aReasonedGradeIsAskedForByTheServersJsonSchema() {
        ollama.model("reasoning", answering("{\"reason\": \"Close enough.\", \"score\": 4}"));

        assertThat(onlyVerdict(grade("reasoned", "reasoning@five-point", "x", "y"))).satisfies(verdict -> {
            assertThat(verdict.score()).contains(4.0);
            assertThat(verdict.reason()).contains("Close enough.");
        });
        assertThat(ollama.questions("reasoning")).singleElement().satisfies(question -> {
            assertThat(question.at("/format/properties").fieldNames()).toIterable().containsExactly("reason", "score");
            assertThat(question.at("/format/required")).hasSize(2);
        });
    }

    @Test
    void aServerThatSpeaksOpenAisProtocolJudgesToo() {
        openAi.model("qwen3", OpenAi.answering("{\"reason\": \"Right.\", \"correct\": \"yes\"}"));

        assertThat(onlyVerdict(grade("by-openai", "openai:qwen3@correctness", "x", "y"))).satisfies(verdict -> {
            assertThat(verdict.judge()).isEqualTo("openai:qwen3@correctness");
            assertThat(verdict.score()).contains(1.0);
            assertThat(verdict.digest()).contains("fp_1");
            assertThat(verdict.promptTokens()).contains(300);
            assertThat(verdict.answerTokens()).contains(12);
        });
        assertThat(openAi.questions("qwen3")).singleElement().satisfies(question -> {
            assertThat(question.at("/response_format/type").textValue()).isEqualTo("json_schema");
            assertThat(question.get("temperature").doubleValue()).isZero();
            assertThat(question.get("seed").intValue()).isEqualTo(123);
        });
        assertThat(openAi.keys("qwen3")).containsExactly("Bearer secret");
        assertThat(openAi.upgrades("qwen3")).isEmpty();
    }

    @Test
    void aServerWithoutSchemasIsAskedWithoutThem() {
        openAi.refusingSchemas("plain", OpenAi.answering("{\"reason\": \"Wrong.\", \"correct\": \"no\"}"));

        assertThat(onlyVerdict(grade("schemaless-1", "openai:plain@correctness", "x", "y")).score()).contains(0.0);
        assertThat(onlyVerdict(grade("schemaless-2", "openai:plain@correctness", "x", "z")).score()).contains(0.0);
        assertThat(openAi.questions("plain")).as("with, without, without").hasSize(3);
    }

    @Test
    void aQuestionThatTheServerRefusesIsUnreadableAndHoldsNobodyUp() {
        openAi.model("strict", aResponse().withStatus(400).withBody("{\"error\":{\"message\":\"context too long\"}}"));

        assertThat(onlyVerdict(grade("refused", "openai:strict", "x", "y")).unreadable().orElseThrow())
                .contains("'strict' at http://127.0.0.1:")
                .contains("refuses this question")
                .contains("context too long");
    }

    @Test
    void anEmptyResponseScoresZeroAndNobodyIsAsked() {
        ollama.model("unasked", answering("100"));

        assertThat(onlyVerdict(grade("empty-response", "unasked", "x", "  ")).score()).contains(0.0);
        assertThat(ollama.questions("unasked")).isEmpty();
    }

    static Stream<Arguments> badMoments() {
        return Stream.of(
                Arguments.of("answers-500", aResponse().withStatus(500).withBody("out of memory")),
                Arguments.of("answers-404", aResponse().withStatus(404).withBody("{\"error\":\"model not found\"}")),
                Arguments.of("answers-html", aResponse().withStatus(200).withBody("<html>")),
                Arguments.of("answers-nothing", aResponse().withStatus(200).withBody("{}")),
                Arguments.of("hangs", answering("1").withFixedDelay(60_000)),
                Arguments.of("hangs-midway", answering("1").withChunkedDribbleDelay(10, 60_000)),
                Arguments.of("cuts-the-connection", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                Arguments.of("closes-without-a-word", aResponse().withFault(Fault.EMPTY_RESPONSE)),
                Arguments.of("sends-garbage", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
    }

    @ParameterizedTest
    @MethodSource
    void badMoments(String model, ResponseDefinitionBuilder bad) {
        ollama.model(model, bad, answering("77"));

        assertThat(onlyVerdict(grade("bad-" + model, model, "x", "y")).score()).contains(77.0);
        assertThat(ollama.questions(model)).as("one layer alone repeats").hasSize(2);
    }

    @Test
    void whileAJudgeIsAwayItsResponsesWaitAndOthersGoOn() {
        ollama.model("away", aResponse().withStatus(503).withBody("loading"));
        for (int index = 0; index < 20; index++) {
            topics.publish(
                    Topics.RESPONSES, Samples.response("waiting", 0, index, 20, "x", "y" + index, Optional.of("away")));
        }
        topics.publish(Topics.RESPONSES, Samples.response("unjudged", 0, 0, 1, "x", "x"));

        assertThat(scores("unjudged", 1)).allSatisfy(score -> assertThat(score.verdicts()).isEmpty());
        Waiting.await().untilAsserted(() -> RestAssured.get("/judges")
                .then()
                .statusCode(200)
                .body("find { it.judge == 'away' }.state", Matchers.is("away"))
                .body("find { it.judge == 'away' }.address", Matchers.startsWith("http://127.0.0.1:"))
                .body("find { it.judge == 'away' }.since", Matchers.notNullValue())
                .body("find { it.judge == 'away' }.waiting", Matchers.is(20))
                .body("find { it.judge == 'away' }.configured", Matchers.is(false))
                .body(
                        "find { it.judge == 'away' }.reason",
                        Matchers.allOf(
                                Matchers.startsWith("judge 'away' at http://127.0.0.1:"),
                                Matchers.containsString("did not answer"),
                                Matchers.containsString("loading"))));
        RestAssured.get("/q/health/ready").then().statusCode(200);
        RestAssured.get("/q/health/well").then().statusCode(503).body(
                "checks.find { it.name == 'Judges' }.data.reason", Matchers.containsString("away (20 responses wait)"));
        RestAssured.get("/q/metrics").then().body(Matchers.containsString("apprentice_condition_away{condition=\"Judges\"} 1.0"));
        Waiting.await().untilAsserted(() -> RestAssured.get("/reports/waiting")
                .then()
                .body("judges[0].judge", Matchers.is("away"))
                .body("judges[0].state", Matchers.is("away"))
                .body("judges[0].waiting", Matchers.is(20)));
        assertThat(topics.read(Topics.SCORES)).noneMatch(score -> score.run().equals("waiting") && score.whole());

        ollama.model("away", answering("50"));

        assertThat(scores("waiting", 20)).allSatisfy(score -> assertThat(onlyVerdict(score).score()).contains(50.0));
        Waiting.await().untilAsserted(() -> RestAssured.get("/judges")
                .then()
                .body("find { it.judge == 'away' }.state", Matchers.is("ok"))
                .body("find { it.judge == 'away' }.waiting", Matchers.is(0)));
        String metrics = RestAssured.given().accept("text/plain").get("/q/metrics").asString();
        MetricsPage.of(metrics, "judge").requireScheme();
        assertThat(metrics)
                .containsPattern("apprentice_judge_answer_seconds_bucket\\{judge=\"away\"")
                .containsPattern("apprentice_judge_away\\{judge=\"away\",?} 0")
                .containsPattern("apprentice_judge_retries_total\\{.*judge=\"away\".*} [1-9]")
                .containsPattern("apprentice_judge_verdicts_total\\{.*judge=\"away\",result=\"scored\".*} 2[0-9]");
    }

    /** RecipeIT runs the other queries and alerts on a whole system, in which no model judges. */
    @Test
    void everyQueryAndAlertAboutJudgesIsAnsweredByAPrometheusThatScrapesThisService(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(Prometheus.isInstalled(), "prometheus is not installed (Debian's package)");
        Path deploy = Path.of("").toAbsolutePath().resolveSibling("deploy");
        List<Query> queries = Stream.of(ScrapingPrometheus.dashboards(deploy), ScrapingPrometheus.metricsOfRules(deploy))
                .flatMap(List::stream).filter(Query::isAboutJudges).toList();
        assertThat(queries).hasSizeGreaterThan(12);
        ollama.model("scraped", answering("50"));
        try (ScrapingPrometheus scraped =
                ScrapingPrometheus.begin(deploy, Map.of("judge-service", RestAssured.port), folder.resolve("prometheus"))) {
            grade("scraped-run", "scraped", "x", "y");
            Waiting.await().untilAsserted(() -> assertThat(scraped.silent(queries)).isEmpty());
            String judged = "{judge=\"scraped\"} > 0";
            Waiting.await().untilAsserted(() -> assertThat(scraped.query(
                            "sum by (judge) (apprentice_judge_verdicts_total" + judged
                                    + ") and on (judge) apprentice_judge_answer_seconds_count" + judged
                                    + " and on (judge) apprentice_judge_away == 0")).as("labels join").hasSize(1));
        }
    }

    @Test
    void moreResponsesThanMayBePendingWaitForAJudgeAndKeepNothingElseWaiting() {
        ollama.model("gone", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        int many = 120; // more than the 50 that the tests' settings allow in memory
        for (int index = 0; index < many; index++) {
            topics.publish(Topics.RESPONSES, Samples.response("crowd", 0, index, many, "x", "y" + index, Optional.of("gone")));
        }
        topics.publish(Topics.RESPONSES, Samples.response("behind", 0, 0, 1, "x", "x"));
        ollama.model("present", answering("60"));
        topics.publish(Topics.RESPONSES, Samples.response("judged-behind", 0, 0, 1, "x", "y", Optional.of("present")));

        assertThat(scores("behind", 1)).hasSize(1);
        assertThat(onlyVerdict(scores("judged-behind", 1).get(0)).score()).contains(60.0);
        Waiting.await().untilAsserted(() -> RestAssured.get("/judges")
                .then()
                .body("find { it.judge == 'gone' }.waiting", Matchers.is(many)));

        ollama.model("gone", answering("40"));

        assertThat(scores("crowd", many)).extracting(Score::key).doesNotHaveDuplicates().hasSize(many);
        assertThat(scores("crowd", many)).allSatisfy(score -> assertThat(onlyVerdict(score).score()).contains(40.0));
    }

    @Test
    void whatWaitsForAJudgeThatIsAwayEndsWithTheRunsCancellation() {
        ollama.model("absent", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        for (int index = 0; index < 30; index++) {
            topics.publish(
                    Topics.RESPONSES, Samples.response("called-off", 0, index, 30, "x", "y" + index, Optional.of("absent")));
        }
        Waiting.await().untilAsserted(() -> RestAssured.get("/judges")
                .then()
                .body("find { it.judge == 'absent' }.waiting", Matchers.is(30)));

        topics.publish(Topics.RUNS, new Run("called-off", Run.DesiredState.CANCEL, Instant.now(), new RunSpecification(
                new ModelSource("/models/gpt2", ModelSource.Start.PRETRAINED),
                DataSourceBuilder.builder()
                        .dataset("d")
                        .promptStyle("alpaca")
                        .split(Split.TEXTBOOK)
                        .overlong(DataSource.Overlong.TERMINATE)
                        .build(),
                Training.DEFAULTS, RunSpecification.Generation.DEFAULTS, Optional.of("absent"))));

        assertThat(scores("called-off", 30)).allSatisfy(score -> {
            assertThat(onlyVerdict(score).refused()).contains(true);
            assertThat(onlyVerdict(score).unreadable()).contains("run 'called-off' was cancelled before its judge answered");
        });
        Waiting.await().untilAsserted(() -> RestAssured.get("/reports/called-off")
                .then()
                .body("steps[0].complete", Matchers.is(true))
                .body("steps[0].judges[0].refused", Matchers.is(30)));
    }

    @Test
    void whatAServerSaysForGoodCountsAsRefusedWithItsWords() {
        openAi.model("gateway", okJson(
                "{\"error\":{\"message\":\"This model's maximum context length is 2048 tokens\",\"code\":400}}"));
        ollama.model("unknown-model", aResponse().withStatus(404).withBody("{\"error\":\"model 'unknown-model' not found\"}"));

        assertThat(onlyVerdict(grade("refused-by-gateway", "openai:gateway", "x", "y"))).satisfies(verdict -> {
            assertThat(verdict.refused()).contains(true);
            assertThat(verdict.unreadable().orElseThrow()).startsWith("judge 'gateway' at http://127.0.0.1:")
                    .endsWith("gives no answer: This model's maximum context length is 2048 tokens");
        });
        assertThat(openAi.questions("gateway")).hasSize(5);
        ollama.model("a-login-page", aResponse().withStatus(200).withHeader("Content-Type", "text/html").withBody(
                "<!DOCTYPE html><html><body>Sign in</body></html>"));
        assertThat(onlyVerdict(grade("refused-by-a-page", "a-login-page", "x", "y"))).satisfies(verdict -> {
            assertThat(verdict.refused()).contains(true);
            assertThat(verdict.unreadable().orElseThrow()).startsWith("judge 'a-login-page' at http://127.0.0.1:")
                    .endsWith("gives no answer: the address answers with a web page, not with a model's interface");
        });
        assertThat(ollama.questions("a-login-page")).hasSize(5);
        assertThat(onlyVerdict(grade("refused-by-ollama", "unknown-model", "x", "y")).unreadable().orElseThrow())
                .contains("model 'unknown-model' not found");
        RestAssured.get("/judges").then().body("find { it.judge == 'unknown-model' }.state", Matchers.is("refused"));
        assertThat(onlyVerdict(grade("no-such-rubric", "llama3@nope", "x", "y"))).satisfies(verdict -> {
            assertThat(verdict.refused()).contains(true);
            assertThat(verdict.unreadable().orElseThrow()).contains("there is no rubric 'nope'");
        });
    }

    @Test
    void aRunIsGradedAnewOnRequest() {
        ollama.model("mistyped", aResponse().withStatus(404).withBody("{\"error\":\"model 'mistyped' not found\"}"));
        ollama.model("mended", answering("70"), answering("75"));
        assertThat(onlyVerdict(grade("second-chance", "mistyped", "x", "y")).refused()).contains(true);
        Waiting.await().untilAsserted(() -> RestAssured.get("/reports/second-chance").then().statusCode(200));

        Waiting.await().untilAsserted(() -> RestAssured.given().contentType("application/json")
                .body("{\"judge\": \"mended\"}")
                .post("/runs/second-chance/regrade")
                .then()
                .statusCode(202)
                .body("responses", Matchers.is(1))
                .body("judges", Matchers.contains("mended")));

        Waiting.await().untilAsserted(() -> RestAssured.get("/reports/second-chance")
                .then()
                .body("steps[0].complete", Matchers.is(true))
                .body("steps[0].judges.judge", Matchers.contains("mended"))
                .body("steps[0].judges[0].mean", Matchers.is(70f)));
        RestAssured.given().contentType("application/json").body("{}").post("/runs/second-chance/regrade").then().statusCode(202).body("judges", Matchers.hasItem("mended"));
        Waiting.await().untilAsserted(() -> RestAssured.get("/reports/second-chance")
                .then()
                .body("steps[0].complete", Matchers.is(true))
                .body("steps[0].judges.find { it.judge == 'mended' }.mean", Matchers.is(75f)));
        RestAssured.given().contentType("application/json").body("{\"judge\": \"llama3@nope\"}")
                .post("/runs/second-chance/regrade").then().statusCode(400)
                .body("detail", Matchers.containsString("there is no rubric 'nope'"));
        RestAssured.given().contentType("application/json").body("{}").post("/runs/no-such-run/regrade").then().statusCode(404);
    }

    @Test
    void anAnswerThatOllamaCutOffIsNoVerdict() {
        ollama.model("long-winded", okJson("{\"model\":\"any\",\"created_at\":\"2025-01-01T00:00:00Z\",\"message\":"
                + "{\"role\":\"assistant\",\"content\":\"8\"},\"done\":true,\"done_reason\":\"length\"}"));
        ollama.model("interrupted", okJson("{\"model\":\"any\",\"created_at\":\"2025-01-01T00:00:00Z\",\"message\":"
                + "{\"role\":\"assistant\",\"content\":\"8\"},\"done\":false}"));

        assertThat(onlyVerdict(grade("cut-off", "long-winded", "x", "y")).unreadable().orElseThrow())
                .startsWith("(truncated at its token limit").endsWith("8");
        assertThat(onlyVerdict(grade("stopped", "interrupted", "x", "y"))).satisfies(verdict -> {
            assertThat(verdict.refused()).contains(true);
            assertThat(verdict.unreadable().orElseThrow()).contains("done: false");
        });
    }

    @Test
    void judgesAreCheckedAtOnceWithTheWayOut() {
        ollama.lists("phi3:latest", "0a1b");

        RestAssured.given().contentType("application/json")
                .body("{\"judge\": \"phi3,missing,phi3@nope,metric:chrf,../x\"}")
                .post("/judges/check")
                .then()
                .statusCode(200)
                .body("ok", Matchers.contains(true, false, false, true, false))
                .body("[1].problem", Matchers.endsWith(" has no model 'missing'; it has phi3:latest."))
                .body("[1].wayOut", Matchers.is("ollama pull missing"))
                .body("[2].problem", Matchers.containsString("there is no rubric 'nope'; the rubrics are correctness, "))
                .body("[4].problem", Matchers.startsWith("judge '../x' is none; a judge is "));
        RestAssured.given().contentType("application/json").body("{\"judge\": \"a,b,c,d,e,f,g,h,i\"}")
                .post("/judges/check").then().statusCode(400)
                .body("detail", Matchers.is("there are 9 judges; a run has at most 8"));
        RestAssured.given().contentType("application/json").body("{\"judges\": \"a\"}")
                .post("/judges/check").then().statusCode(400);
    }

    @Test
    void aJudgeThatHangsHidesNothingThatTheOthersSay() {
        ollama.model("prompt-judge", answering("70"));
        ollama.model("hanging", aResponse().withStatus(503).withBody("loading"));
        topics.publish(
                Topics.RESPONSES, Samples.response("partly", 0, 0, 1, "x", "y", Optional.of("prompt-judge,hanging")));

        Score soFar = topics.await(
                        Topics.SCORES, 1, score -> score.run().equals("partly") && !score.verdicts().isEmpty())
                .get(0);
        assertThat(soFar.awaited()).containsExactly("hanging");
        assertThat(onlyVerdict(soFar).score()).contains(70.0);
        assertThat(soFar.metrics()).containsKey("token_f1");
        Waiting.await()
                .ignoreException(ResponsesNotReadyException.class)
                .untilAsserted(() -> RestAssured.get("/reports/partly/0/responses")
                        .then()
                        .body("responses[0].answer.graded", Matchers.is(false))
                        .body("responses[0].answer.awaited", Matchers.contains("hanging"))
                        .body("responses[0].answer.verdicts.size()", Matchers.is(1)));

        ollama.model("hanging", answering("20"));

        assertThat(scores("partly", 1)).allSatisfy(score -> assertThat(score.verdicts()).extracting(Verdict::judge)
                .containsExactly("prompt-judge", "hanging"));
    }

    @Test
    void aPoisonedResponseGoesToTheDeadLettersAndTheNextOneIsGraded() {
        topics.publishText(Topics.RESPONSES.name(), "poisoned/0/e0", "{\"run\":\"poisoned\",");
        topics.publishText(Topics.RESPONSES.name(), "poisoned/0/e0", null);
        topics.publish(
                Topics.RESPONSES, Samples.response("poisoned", 0, 0, 1, "x", "y"), Map.of("ce_type", "response.v9"));
        topics.publish(Topics.RESPONSES, Samples.response("poisoned", 0, 0, 1, "x", "x"));

        assertThat(scores("poisoned", 1)).hasSize(1);
        assertThat(topics.awaitDeadLetter("is of type 'response.v9'").key()).isEqualTo("poisoned/0/e0");
        assertThat(topics.awaitDeadLetter("a record of apprentice.responses cannot be used: not JSON at line 1").value())
                .asString()
                .isEqualTo("{\"run\":\"poisoned\",");
    }

    private Score grade(String run, String judge, String output, String response) {
        topics.publish(Topics.RESPONSES, Samples.response(run, 0, 0, 1, output, response, Optional.of(judge)));
        return scores(run, 1).get(0);
    }

    private List<Score> scores(String run, int count) {
        return topics.await(Topics.SCORES, count, score -> score.run().equals(run) && score.whole());
    }

    private static Verdict onlyVerdict(Score score) {
        assertThat(score.verdicts()).hasSize(1);
        return score.verdicts().get(0);
    }
}
