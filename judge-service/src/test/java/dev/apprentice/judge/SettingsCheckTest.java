package dev.apprentice.judge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {

    @Test
    void theDefaultsAreFine() {
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "parallel       | 0   | apprentice.judge.parallel is 0; it must be at least 1",
        "pending        | -1  | apprentice.judge.pending is -1; it must be at least 1",
        "ollama.timeout | 0s  | apprentice.judge.ollama.timeout is PT0S; it must be at least 1 ms",
        "report.every   | 0s  | apprentice.judge.report.every is PT0S; it must be at least 1 ms",
        "retry.delay    | 0s  | apprentice.judge.retry.delay is PT0S; it must be at least 1 ms",
        "retry.delay    | 10m | apprentice.judge.retry.delay is PT10M; it must be shorter than "
                + "apprentice.judge.retry.max-delay, which is PT30S",
    })
    void refusesToStartOnAValueThatCannotWork(String key, String value, String message) {
        assertThatThrownBy(() -> check(Map.of("apprentice.judge." + key, value))).hasMessage(message);
    }

    private static void check(Map<String, String> keys) {
        new SettingsCheck(Settings.of(JudgeSettings.class, keys)).check(new StartupEvent());
    }
}
