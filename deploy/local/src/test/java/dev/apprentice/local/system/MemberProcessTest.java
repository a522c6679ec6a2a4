package dev.apprentice.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.port.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MemberProcessTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SHORT_GRACE = Duration.ofMillis(200);

    @TempDir Path root;
    @TempDir Path home;

    @Test
    void killsWhatDoesNotListen() throws IOException {
        SystemFolder folder = new SystemFolder(home);
        folder.create();
        Files.writeString(folder.data(Member.BROKER).resolve(FakeMember.BEHAVIOUR), FakeMember.STUBBORN);
        Ports ports = Ports.defaults().with(Map.of(Member.BROKER, FreePorts.find(1).get(0)));
        Process process = new MemberProcess(Member.BROKER, folder)
                .start(FakeInstallation.in(root).jar(Member.BROKER), ports);
        await().until(() -> new ReadinessProbe().ask(Member.BROKER, ports).ready());

        MemberProcess broker = new MemberProcess(Member.BROKER, folder, SHORT_GRACE);
        assertThat(broker.end(broker.alive()))
                .hasValue("killed after it did not stop within 0 s");
        assertThat(process.onExit()).succeedsWithin(SOON);
    }

    /** A process stays in the process table as a zombie if its parent does not reap it, as in a container. */
    @Test
    void aProcessThatHasEndedIsNotAliveForStayingInTheTableOfProcesses() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "only Linux is sure to have a /proc");
        // the shell would reap its child, but exec replaces it with a program that does not
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.3 & echo $!; exec sleep 60").start();
        try (BufferedReader said = parent.inputReader()) {
            ProcessHandle child = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            await().until(() -> Files.readString(Path.of("/proc/" + child.pid() + "/stat")).contains(") Z "));

            assertThat(child.isAlive()).isTrue();
            assertThat(ProcessRecord.of(child).alive()).isEmpty();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void neverTakesARecycledProcessIdForItsOwn() throws IOException {
        SystemFolder folder = new SystemFolder(home);
        folder.create();
        ProcessHandle me = ProcessHandle.current();
        Instant earlier = me.info().startInstant().orElseThrow().minusSeconds(60);
        new ProcessRecord(me.pid(), earlier).save(folder.processFile(Member.BROKER));

        MemberProcess broker = new MemberProcess(Member.BROKER, folder, SHORT_GRACE);

        assertThat(broker.alive()).isEmpty();
        assertThat(broker.end(broker.alive())).hasValue("had already stopped");
        assertThat(broker.known()).isFalse();
    }

    @Test
    void findsAProcessAgainByIdAndStartTime() throws IOException {
        Path file = home.resolve("me.json");
        ProcessRecord.of(ProcessHandle.current()).save(file);

        assertThat(ProcessRecord.load(file).flatMap(ProcessRecord::alive)).hasValue(ProcessHandle.current());
    }

    @Test
    void saysWhichFileNamesNoProcess() throws IOException {
        Path file = Files.writeString(home.resolve("broker.json"), "{\"pid\": ");

        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> ProcessRecord.load(file))
                .withMessage(file + " does not name a process: it is not the expected JSON, at line 1, column 9; end the process"
                        + " yourself if it runs, delete the file, and try again.");
    }
}
