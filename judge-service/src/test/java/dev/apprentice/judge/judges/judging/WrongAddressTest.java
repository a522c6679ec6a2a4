package dev.apprentice.judge.judges.judging;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.apprentice.chat.ModelRefusesException;
import dev.apprentice.chat.ModelUnavailableException;
import dev.apprentice.contracts.run.JudgeName;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.Settings;
import dev.apprentice.judge.judges.judging.JudgeCheck.Finding;
import dev.apprentice.judge.judges.rubric.Rubrics;
import dev.apprentice.judge.metrics.ReferenceMetrics;
import dev.langchain4j.data.message.UserMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An address that is not a judge's counts as a refusal, with a message that shows what is wrong. */
class WrongAddressTest {

    private static final String PAGE = "\uFEFF\n<!DOCTYPE html>\n<html><body>" + "Sign in. ".repeat(1_000) + "</body></html>";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1")).build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "200|the address answers with a web page, not with a model's interface",
        "404|the address answers with a web page, not with a model's interface (status 404)",
        "302|the address redirects to another (status 302)"
    })
    void aWebPageIsNoJudge(int status, String words) {
        does(aResponse().withStatus(status).withHeader("Location", "/login").withBody(PAGE));

        for (String judge : List.of("ollama:m", "openai:m")) {
            assertThatThrownBy(() -> ask(judge)).isInstanceOf(ModelRefusesException.class)
                    .message().startsWith("judge 'm' at " + SERVER.baseUrl()).endsWith(" gives no answer: " + words);
        }
    }

    @Test
    void aPageInAnErrorThatPassesIsNotShownInFull() {
        does(aResponse().withStatus(502).withBody(PAGE));

        assertThatThrownBy(() -> ask("openai:m")).isInstanceOf(ModelUnavailableException.class)
                .hasMessageEndingWith("the address answers with a web page, not with a model's interface (status 502)");
    }

    @Test
    void theCheckBeforeARunSaysSoToo() {
        does(aResponse().withStatus(200).withBody(PAGE));
        JudgeSettings settings = settings();
        JudgeCheck check = new JudgeCheck(settings, new Judges(
                settings, new ConfiguredServers(settings), new Rubrics(settings), new ReferenceMetrics(), AnswerCache.NONE,
                new JudgeMetrics(new SimpleMeterRegistry())));

        // checked again if a busy machine makes it time out
        Awaitility.await().untilAsserted(() -> assertThat(check.of("m,openai:m")).extracting(Finding::problem).containsExactly(
                Optional.of("The address " + SERVER.baseUrl() + " answers with a web page, not with a model's interface."),
                Optional.of("The address " + SERVER.baseUrl() + "/v1 answers with a web page, not with a model's interface.")));
    }

    private static void does(ResponseDefinitionBuilder doing) {
        SERVER.stubFor(any(anyUrl()).willReturn(doing));
    }

    private static void ask(String judge) {
        new ConfiguredServers(settings()).of(JudgeName.of(judge)).chat(List.of(UserMessage.from("Well?")), Optional.empty());
    }

    private static JudgeSettings settings() {
        return Settings.of(JudgeSettings.class, Map.of(
                "apprentice.judge.ollama.url", SERVER.baseUrl(), "apprentice.judge.openai.url", SERVER.baseUrl() + "/v1"));
    }
}
