package dev.apprentice.judge.grading;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.apprentice.judge.Ollama.answering;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.apprentice.contracts.Score;
import dev.apprentice.contracts.Score.Verdict;
import dev.apprentice.contracts.Topics;
import dev.apprentice.judge.Ollama;
import dev.apprentice.judge.OllamaResource;
import dev.apprentice.judge.OpenAi;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.responses.ResponsesNotReadyException;
import dev.apprentice.judge.responses.ScoredResponses;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
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

        Awaitility.await()
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
        Awaitility.await().untilAsserted(() -> RestAssured.given()
                .get("/q/health/ready")
                .then()
                .statusCode(503)
                .body(
                        "checks.find { it.name == 'Judges' }.data.reason",
                        Matchers.allOf(
                                Matchers.startsWith("judge 'away' at http://127.0.0.1:"),
                                Matchers.containsString("did not answer"),
                                Matchers.containsString("loading"))));
        assertThat(topics.read(Topics.SCORES)).noneMatch(score -> score.run().equals("waiting") && score.whole());

        ollama.model("away", answering("50"));

        assertThat(scores("waiting", 20)).allSatisfy(score -> assertThat(onlyVerdict(score).score()).contains(50.0));
        Awaitility.await().untilAsserted(() -> RestAssured.given().get("/q/health/ready").then().statusCode(200));
        assertThat(RestAssured.get("/q/metrics").asString())
                .containsPattern("apprentice_judge_retries_total\\{.*judge=\"away\".*} [1-9]")
                .containsPattern("apprentice_judge_verdicts_total\\{.*judge=\"away\".*kind=\"scored\".*} 20")
                .containsPattern("apprentice_judge_seconds_count\\{.*judge=\"away\".*} 20");
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
        Awaitility.await()
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
