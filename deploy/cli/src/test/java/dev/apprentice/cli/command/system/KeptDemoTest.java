package dev.apprentice.cli.command.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.cli.CommandRun;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.system.FakeInstallation;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.MemberState;
import dev.apprentice.local.system.Ports;
import dev.apprentice.local.system.RunningSystem;
import dev.apprentice.local.system.SystemFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests commands about the user's own system while the system of a kept demo runs in a folder inside its own. */
@Timeout(120)
class KeptDemoTest {

    @TempDir Path root;
    @TempDir Path home;

    private LocalSystem demo;
    private Ports ports;

    @BeforeEach
    void keepADemo() throws IOException {
        demo = new LocalSystem(FakeInstallation.in(root), new SystemFolder(home.resolve("demo")));
        demo.up(Optional.empty(), line -> {});
        ports = demo.ports();
    }

    @AfterEach
    void end() throws IOException {
        demo.down(line -> {});
    }

    @Test
    void statusShowsItAndDownEndsItWhereNothingElseRuns() throws IOException {
        CommandRun status = CommandRun.of(home, "status");

        assertThat(status.status()).isEqualTo(1);
        assertThat(status.out())
                .contains("The demo's system runs beside it; see it at " + ports.page())
                .contains("`./apprentice --home '" + home.resolve("demo") + "' down` stops it.")
                .containsPattern("trainer-service +not running")
                .containsPattern("trainer-service +ready  \\(port " + ports.of(Member.TRAINER_SERVICE));

        CommandRun down = CommandRun.of(home, "down");

        assertThat(down.out()).startsWith("Stopping the demo's system in " + home.resolve("demo") + ".");
        assertThat(demo.runs()).isFalse();
    }

    @Test
    void aCommandThatFindsNothingRunningNamesIt() {
        assertThat(CommandRun.of(home, "runs").err().strip()).isEqualTo("Nothing runs in " + home + "; start it with `apprentice"
                + " up` or name the folder of a system that runs with --home, such as the demo's: --home '"
                + home.resolve("demo") + "'.");
    }

    @Test
    void theDemosOwnStatusIsToBeHadAsJson() throws IOException {
        CommandRun status = CommandRun.of(home.resolve("demo"), "status", "--json");

        JsonNode members = Json.MAPPER.readTree(status.out());
        assertThat(status.status()).isZero();
        assertThat(members.findValuesAsText("member")).containsExactly(
                "broker", "dataset-service", "trainer-service", "inference-service", "judge-service");
        assertThat(members.findValuesAsText("state")).containsOnly("ready");
        assertThat(members.get(4).get("port").asInt()).isEqualTo(ports.of(Member.JUDGE_SERVICE));
        assertThat(members.get(4).has("missing")).isFalse();
    }

    /** Both systems would have the same ports. */
    @Test
    void anotherSystemStartsBesideItOnOtherPorts() throws IOException {
        LocalSystem own = new LocalSystem(FakeInstallation.in(root.resolve("own")), RunningSystem.had(home, ports));
        StringBuilder told = new StringBuilder();
        try {
            assertThat(own.up(Optional.empty(), line -> told.append(line).append('\n'))).isEmpty();

            assertThat(own.state()).allMatch(MemberState::ready);
            assertThat(demo.state()).allMatch(MemberState::ready);
            assertThat(own.ports().numbers().values()).doesNotContainAnyElementsOf(ports.numbers().values());
            assertThat(told).contains("Port " + ports.of(Member.BROKER) + " is taken by ",
                    "; broker gets port " + own.ports().of(Member.BROKER) + " instead.");
        } finally {
            own.down(line -> {});
        }
    }
}
