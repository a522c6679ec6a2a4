package dev.apprentice.contracts.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeNameTest {

    @Test
    void aNameTellsServerModelAndRubric() {
        assertThat(JudgeName.of("openai:org/model:v1@five-point")).isEqualTo(new JudgeName(
                "openai:org/model:v1@five-point", JudgeName.Server.OPENAI, "org/model:v1", Optional.of("five-point")));
        assertThat(JudgeName.of("llama3:8b"))
                .isEqualTo(new JudgeName("llama3:8b", JudgeName.Server.OLLAMA, "llama3:8b", Optional.empty()));
        assertThat(JudgeName.of("ollama:openai:x").model()).isEqualTo("openai:x");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "llama3", "llama3:8b-q4_K_M", "openai:qwen3@five-point", "metric:chrf", "openai:meta-llama/llama-3.1-8b:free",
        "hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q8_0", "openai:ft:gpt-4o-mini:org::id", "llama3, phi3@mine_2"
    })
    void namesThatServersUseAreNames(String names) {
        assertThat(JudgeName.problem(names)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "ollama:x@../../../etc/passwd", "../x", "/etc/passwd", "a/../b", "a//b", "a\\b", "a b", "x@", "@textbook", "ollama:",
        "openai:@five-point", "a\u0000b", "llama3,b\nc", "a@b/c", "é"
    })
    void whatIsNoNameIsRefusedWithTheRule(String names) {
        assertThat(JudgeName.problem(names).orElseThrow()).startsWith("judge '").endsWith("is none; " + JudgeName.RULE);
    }

    @Test
    void lengthAndNumberAreBounded() {
        assertThat(JudgeName.problem("a".repeat(200))).isEmpty();
        assertThat(JudgeName.problem("a".repeat(10_000)).orElseThrow()).startsWith("judge 'aaa").hasSizeLessThan(400);
        assertThat(JudgeName.problem(judges(8))).isEmpty();
        assertThat(JudgeName.problem(judges(200))).contains("there are 200 judges; a run has at most 8");
    }

    private static String judges(int count) {
        return IntStream.range(0, count).mapToObj(i -> "j" + i).collect(Collectors.joining(","));
    }
}
