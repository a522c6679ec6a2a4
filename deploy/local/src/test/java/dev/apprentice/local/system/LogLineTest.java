package dev.apprentice.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLineTest {

    @TempDir Path folder;

    @Test
    void showsAServicesRecordOnOneLine() {
        String json = "{\"timestamp\":\"2026-01-02T03:04:05.678Z\",\"level\":\"WARN\",\"loggerName\":"
                + "\"dev.apprentice.trainer.checkpoint.CheckpointStore\",\"message\":\"nearly full\",\"mdc\":{\"run\":\"r1\"}}";

        assertThat(LogLine.parse(json).readable())
                .matches("\\d\\d:\\d\\d:05\\.678 WARN  \\[CheckpointStore] \\(r1\\) nearly full");
    }

    @Test
    void showsAStackTraceBelow() {
        String json = "{\"timestamp\":\"t\",\"level\":\"ERROR\",\"loggerName\":\"a.B\",\"message\":\"m\","
                + "\"stackTrace\":\"java.io.IOException: no\\n\\tat a.B.c(B.java:1)\\n\"}";

        assertThat(LogLine.parse(json).readable().lines())
                .containsExactly("t ERROR [B] m", "java.io.IOException: no", "\tat a.B.c(B.java:1)");
    }

    @Test
    void showsAnythingElseAsItIs() {
        assertThat(LogLine.parse("# A fatal error").readable()).isEqualTo("# A fatal error");
        assertThat(LogLine.parse("{\"level\":\"IN").readable()).isEqualTo("{\"level\":\"IN");
    }

    @Test
    void findsTheLastErrorWithItsRootCause() throws IOException {
        Path log = Files.write(folder.resolve("a.log"), List.of(
                "{\"level\":\"ERROR\",\"message\":\"first\"}",
                "{\"level\":\"ERROR\",\"message\":\"start failed\",\"stackTrace\":"
                        + "\"X: start failed\\n\\tat a\\nCaused by: java.net.BindException: in use\\n\\tat b\\n\"}",
                "{\"level\":\"INFO\",\"message\":\"bye\"}"));

        assertThat(LastWords.of(log)).isEqualTo("start failed (Caused by: java.net.BindException: in use)");
    }

    @Test
    void takesTheLastLineWhereThereIsNoError() throws IOException {
        Path log = Files.write(folder.resolve("a.log"), List.of("one", "Killed", ""));

        assertThat(LastWords.of(log)).isEqualTo("Killed");
        assertThat(LastWords.of(Files.createFile(folder.resolve("b.log")))).isEqualTo("its log is empty");
    }

    @Test
    void isFollowedToTheEndOfTheFile() throws Exception {
        Path log = Files.writeString(folder.resolve("a.log"), "Grüße\nhalf a line");
        List<String> lines = new ArrayList<>();

        try (LogFollower follower = new LogFollower(log)) {
            follower.copyTo(lines::add, false);
        }

        assertThat(lines).containsExactly("Grüße", "half a line");
    }

    @Test
    void aReaderThatWantsNoMoreEndsTheFollowing() throws Exception {
        Path log = Files.writeString(folder.resolve("a.log"), "one\ntwo\n");
        List<String> lines = new ArrayList<>();

        try (LogFollower follower = new LogFollower(log)) {
            follower.copyTo(line -> lines.add(line) && false, true);
        }

        assertThat(lines).containsExactly("one");
    }
}
