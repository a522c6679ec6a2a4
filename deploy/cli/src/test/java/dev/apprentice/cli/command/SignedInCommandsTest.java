package dev.apprentice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apprentice.cli.CommandRun;
import dev.apprentice.cli.client.FakeService;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Credential;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import dev.apprentice.local.system.RunningSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line signs in at services that require it. */
class SignedInCommandsTest {

    private static final String KEY = "0123456789abcdefghij";

    @TempDir Path home;
    @TempDir Path folder;

    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        RunningSystem.pretend(home, Ports.defaults().with(Map.of(Member.TRAINER_SERVICE, service.port())));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void everyCallCarriesTheKeyOfTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
        service.answers("GET /runs/r", 200, "{\"run\": \"r\", \"phase\": \"COMPLETED\", \"checkpoints\": []}");
        service.answers("DELETE /runs/r", 202, "{\"run\": \"r\", \"phase\": \"CANCELLED\", \"checkpoints\": []}");
        service.answers("GET /runs/r/progress", 200, "");

        CommandRun.of(home, "cancel", "r", "--api-key-file", file.toString());
        CommandRun.of(home, "--api-key-file", file.toString(), "follow", "r");

        assertThat(service.asked()).extracting(FakeService.Asked::request)
                .contains("DELETE /runs/r", "GET /runs/r/progress");
        assertThat(service.asked()).allSatisfy(asked -> assertThat(asked.authorization()).contains("Bearer " + KEY));
    }

    @Test
    void withoutAKeyTheRefusalSaysHowToGiveOne() {
        service.answers("DELETE /runs/r", 401, "{\"status\": 401, \"title\": \"Not signed in\", \"detail\": \"sign in\"}");

        CommandRun cancel = CommandRun.of(home, "cancel", "r");

        assertThat(cancel.status()).isEqualTo(1);
        assertThat(cancel.err().strip()).isEqualTo("trainer-service says: Not signed in: sign in; --api-key-file FILE or"
                + " APPRENTICE_API_KEY gives this command a key");
    }

    @Test
    void statusWithoutAKeyShowsAllButTheJudges() throws IOException {
        service.answers("GET /q/health/ready", 200, "{\"status\": \"UP\", \"checks\": []}");
        service.answers("GET /judges", 401, "{\"title\": \"Not signed in\"}");
        Ports ports = Ports.defaults().with(Map.of(Member.JUDGE_SERVICE, service.port()));
        RunningSystem.pretend(home, ports);
        RunningSystem.pretend(home.resolve("demo"), ports);

        CommandRun status = CommandRun.of(home, "status");

        assertThat(status.err()).isEmpty();
        assertThat(status.out()).containsSubsequence(
                "judge-service      ready", "The page: " + ports.page(), "The judges' state is unknown: judge-service says: Not signed in",
                "--api-key-file FILE", "The demo's system runs beside it");
    }

    @Test
    void theFileComesBeforeTheEnvironment() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "  of-the-file\n");
        Map<String, String> environment = Map.of("APPRENTICE_API_KEY", "of-the-environment");

        assertThat(Credential.find(Optional.of(file), environment)).map(Credential::value).contains("of-the-file");
        assertThat(Credential.find(Optional.empty(), environment)).map(Credential::value).contains("of-the-environment");
        assertThat(Credential.find(Optional.empty(), Map.of("APPRENTICE_API_KEY", ""))).isEmpty();
        assertThat(Credential.find(Optional.empty(), Map.of())).isEmpty();
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutShowingIt() throws IOException {
        Path line = Files.writeString(folder.resolve("key"), "ci:trainer:" + KEY);
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> Credential.find(Optional.of(line), Map.of()))
                .withMessageStartingWith("--api-key-file " + line + " holds no API key")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(KEY));
        assertThat(CommandRun.of(home, "runs", "--api-key-file", folder.resolve("none").toString()).err().strip())
                .isEqualTo("--api-key-file " + folder.resolve("none") + " cannot be read (NoSuchFileException).");
        assertThat(new Credential(KEY).toString()).doesNotContain(KEY);
    }
}
