package dev.apprentice.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.LockedFile;
import dev.apprentice.local.port.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests with real processes, which are stand-ins for the broker and the services. */
@Timeout(120)
class LocalSystemTest {

    @TempDir Path root;
    @TempDir Path home;

    private final List<String> told = new ArrayList<>();
    private Installation installation;
    private SystemFolder folder;
    private LocalSystem system;
    private Ports ports;

    @BeforeEach
    void install() throws IOException {
        installation = FakeInstallation.in(root.resolve("a project"));
        folder = new SystemFolder(home.resolve("a home"));
        system = new LocalSystem(installation, folder);
        ports = freePorts();
    }

    @AfterEach
    void endAll() throws IOException {
        system.down(line -> {});
    }

    @Test
    void startsAllFiveOnceAndEndsThemBrokerLast() throws IOException {
        system.up(Optional.of(ports), told::add);
        List<Long> first = pids();
        system.up(Optional.of(ports), told::add);

        assertThat(pids()).hasSize(5).isEqualTo(first);
        assertThat(system.state()).allMatch(MemberState::ready);
        assertThat(told.subList(5, 10)).allMatch(line -> line.contains("was running"));

        told.clear();
        system.down(told::add);

        // the process table keeps an ended process until this JVM has read its exit code
        await().untilAsserted(() -> assertThat(first)
                .noneMatch(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)));
        assertThat(told).hasSize(5).allMatch(line -> line.endsWith("stopped"));
        assertThat(told.get(0)).startsWith("judge-service");
        assertThat(told.get(4)).startsWith("broker");
        assertThat(system.state()).allMatch(member -> member.life() == MemberState.Life.STOPPED);
    }

    @Test
    void completesAHalfStartedSystem() throws IOException {
        system.up(Optional.of(ports), told::add);
        ProcessHandle judge = process(Member.JUDGE_SERVICE);
        judge.destroyForcibly();
        judge.onExit().join();

        assertThat(system.state().get(4).life()).isEqualTo(MemberState.Life.DEAD);
        assertThat(system.runs()).isTrue();

        system.up(Optional.empty(), told::add);

        assertThat(system.state()).allMatch(MemberState::ready);
    }

    @Test
    void cleansUpAHalfStartedSystem() throws IOException {
        system.up(Optional.of(ports), told::add);
        ProcessHandle broker = process(Member.BROKER);
        broker.destroyForcibly();
        broker.onExit().join();
        told.clear();

        system.down(told::add);

        assertThat(told).hasSize(5);
        assertThat(told.get(4)).startsWith("broker").endsWith("had already stopped");
        assertThat(system.runs()).isFalse();
    }

    @Test
    void saysWhichMemberFailedAndWhyAndLeavesTheOthersRunning() throws IOException {
        folder.create();
        behave(Member.TRAINER_SERVICE, FakeMember.FAILS);

        List<NotReady> lacking = system.up(Optional.of(ports), told::add);

        assertThat(lacking).singleElement().hasToString(
                "trainer-service is not ready: it ended at its start (exit code 3): the disk is full. Its log is %s.",
                folder.log(Member.TRAINER_SERVICE));
        assertThat(told).hasSize(4).allMatch(line -> line.contains(" ready "));
        assertThat(system.state()).extracting(MemberState::life).containsExactly(
                MemberState.Life.ALIVE, MemberState.Life.ALIVE, MemberState.Life.DEAD, MemberState.Life.ALIVE,
                MemberState.Life.ALIVE);
    }

    @Test
    void saysWhatAMemberLacksInItsOwnWordsAndEndsNothing() throws IOException {
        system.up(Optional.of(ports), told::add);
        List<Long> all = pids();
        behave(Member.JUDGE_SERVICE, FakeMember.LACKING);

        List<NotReady> lacking = new LocalSystem(installation, folder, Duration.ZERO).up(Optional.empty(), told::add);

        assertThat(lacking).containsExactly(
                new NotReady(Member.JUDGE_SERVICE, "Disk: it is full", folder.log(Member.JUDGE_SERVICE)));
        assertThat(pids()).isEqualTo(all);
    }

    /** As after a kill: the process is still in the process table when the start begins, and is gone a moment later. */
    @Test
    void startsOneThatWasFoundRunningAndEndsWhileItIsWaitedFor() throws IOException {
        system.up(Optional.of(ports), told::add);
        List<Long> first = pids();
        behave(Member.JUDGE_SERVICE, FakeMember.ENDS_WHEN_ASKED);

        assertThat(system.up(Optional.empty(), told::add)).isEmpty();

        assertThat(pids().subList(0, 4)).isEqualTo(first.subList(0, 4));
        assertThat(pids().get(4)).isNotEqualTo(first.get(4));
    }

    @Test
    void aCommandThatNeedsAllFiveEndsItsOwnSystemWhereOneFails() throws IOException {
        Files.delete(installation.root().resolve(Member.TRAINER_SERVICE.jar()));
        Files.writeString(installation.root().resolve(Member.TRAINER_SERVICE.jar()), "no archive");

        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> OwnSystem.start(system, told::add, () -> {}))
                .withMessageStartingWith("trainer-service is not ready: it ended at its start");
        assertThat(system.state()).allMatch(member -> member.life() == MemberState.Life.STOPPED);
    }

    private void behave(Member member, String behaviour) throws IOException {
        Files.writeString(folder.data(member).resolve(FakeMember.BEHAVIOUR), behaviour);
    }

    @Test
    void namesThePortThatIsTakenAndWhoHasIt() throws IOException {
        try (ServerSocket mine = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Ports taken = ports.with(Map.of(Member.JUDGE_SERVICE, mine.getLocalPort()));

            assertThatExceptionOfType(CommandException.class)
                    .isThrownBy(() -> system.up(Optional.of(taken), told::add))
                    .withMessageContaining("Port %d, which judge-service needs, is taken by", mine.getLocalPort())
                    .withMessageContaining("choose other ports with --port-base")
                    .satisfies(e -> assertThat(e.getMessage())
                            .containsPattern(onLinux() ? "process " + ProcessHandle.current().pid() : "another process"));
        }
        assertThat(system.runs()).isFalse();
    }

    /** As after a kill: the process is gone, but its port is released a moment later. */
    @Test
    void waitsForThePortOfAMemberThatWasKilled() throws Exception {
        system.up(Optional.of(ports), told::add);
        ProcessHandle judge = process(Member.JUDGE_SERVICE);
        judge.destroyForcibly();
        judge.onExit().join();
        CompletableFuture<Void> released;
        try (ServerSocket held = heldOnceFree(ports.of(Member.JUDGE_SERVICE))) {
            released = CompletableFuture.runAsync(
                    () -> release(held), CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
            assertThat(system.up(Optional.empty(), told::add)).isEmpty();
        }
        released.get();

        assertThat(system.state()).allMatch(MemberState::ready);
    }

    private static ServerSocket heldOnceFree(int port) {
        return await().ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")), Objects::nonNull);
    }

    private static void release(ServerSocket held) {
        try {
            held.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void namesThePackageThatIsNotBuilt() throws IOException {
        Path jar = installation.root().resolve(Member.INFERENCE_SERVICE.jar());
        Files.delete(jar);

        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> system.up(Optional.of(ports), told::add))
                .withMessageContaining("inference-service is not built: " + jar)
                .withMessageContaining("mvn package");
    }

    @Test
    void refusesOtherPortsWhileItRuns() throws IOException {
        system.up(Optional.of(ports), told::add);

        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> system.up(Optional.of(freePorts()), told::add))
                .withMessageContaining("already runs on other ports")
                .withMessageContaining("apprentice down");
    }

    @Test
    void aCommandLeavesItsOwnSystemRunningOnlyWhereItIsAskedToAndNeverStartsOverOneThatRuns() throws IOException {
        try (OwnSystem own = OwnSystem.start(system, told::add, () -> {})) {
            own.keep();
        }
        List<Long> kept = pids();

        assertThat(kept).hasSize(5);
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> OwnSystem.start(system, told::add, () -> {}))
                .withMessage("A system already runs in %1$s; stop it with `apprentice --home '%1$s' down`, or choose another"
                        + " folder with --home.", folder.home());
        assertThat(pids()).isEqualTo(kept);
    }

    @Test
    void saysHowToStartWhenNothingRuns() {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(system::ports)
                .withMessageContaining("Nothing runs in " + folder.home())
                .withMessageContaining("apprentice up");
    }

    @Test
    void letsOneCommandAtATimeStartOrEndIt() throws IOException {
        folder.create();
        try (LockedFile other = LockedFile.tryLock(folder.lockFile()).orElseThrow()) {
            assertThatExceptionOfType(CommandException.class)
                    .isThrownBy(() -> system.up(Optional.of(ports), told::add))
                    .withMessageContaining("Another `apprentice` command");
        }
    }

    @Test
    void clearsOnlyWhatIsItsOwn() throws IOException {
        folder.create();
        Path foreign = Files.writeString(folder.home().resolve("thesis.txt"), "all I have");
        Files.writeString(folder.data(Member.BROKER).resolve("log"), "records");

        folder.clear();

        try (Stream<Path> left = Files.list(folder.home())) {
            assertThat(left).containsExactly(foreign);
        }
    }

    private List<Long> pids() {
        return system.state().stream().flatMapToLong(member -> member.pid().stream()).boxed().toList();
    }

    private ProcessHandle process(Member member) {
        return new MemberProcess(member, folder).alive().orElseThrow();
    }

    static Ports freePorts() {
        List<Integer> free = FreePorts.find(Member.values().length);
        Map<Member, Integer> numbers = new EnumMap<>(Member.class);
        for (Member member : Member.values()) {
            numbers.put(member, free.get(member.ordinal()));
        }
        return new Ports(numbers);
    }

    private static boolean onLinux() {
        return System.getProperty("os.name").equals("Linux");
    }
}
