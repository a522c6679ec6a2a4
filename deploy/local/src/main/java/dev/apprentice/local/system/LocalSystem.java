package dev.apprentice.local.system;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.LockedFile;
import dev.apprentice.local.port.PortClaims;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The broker and the four services as processes of this machine. What is known of them lies in a folder, so that any
 * later command finds them again.
 */
public final class LocalSystem {

    /** Where a demo has its system, below the user's own. */
    public static final String DEMO = "demo";

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Installation installation;
    private final SystemFolder folder;
    private final Duration patience;
    private final Optional<Credential> key;
    private final ReadinessProbe probe = new ReadinessProbe();

    public LocalSystem(Installation installation, SystemFolder folder) {
        this(installation, folder, PATIENCE);
    }

    /** @param patience how long a start may take */
    LocalSystem(Installation installation, SystemFolder folder, Duration patience) {
        this(installation, folder, patience, Optional.empty());
    }

    private LocalSystem(Installation installation, SystemFolder folder, Duration patience, Optional<Credential> key) {
        this.installation = installation;
        this.folder = folder;
        this.patience = patience;
        this.key = key;
    }

    /** This one, signed in to with that where its services ask for it. */
    public LocalSystem signedInWith(Optional<Credential> other) {
        return new LocalSystem(installation, folder, patience, other);
    }

    public SystemFolder folder() {
        return folder;
    }

    /**
     * Starts what does not run yet and returns when all five are ready, or when waiting longer makes no sense.
     *
     * @param wanted the ports to use; empty for those it runs on or ran on last, else the customary ones
     * @param told gets a line for each member that is ready
     * @return those that are not ready; they and the others are left as they are
     * @throws CommandException when nothing can be started, with the reason
     */
    public List<NotReady> up(Optional<Ports> wanted, Consumer<String> told) throws IOException {
        folder.create();
        try (LockedFile lock = lock(); PortClaims claims = PortClaims.ofUser()) {
            Ports ports = agree(wanted, claims, told);
            return new Start(installation, folder, probe, patience, told).run(ports);
        }
    }

    /** Starts all five. @throws CommandException where one of them is not ready */
    public void upWhole(Optional<Ports> wanted, Consumer<String> told) throws IOException {
        List<NotReady> lacking = up(wanted, told);
        if (!lacking.isEmpty()) {
            throw new CommandException(lacking.stream().map(NotReady::toString).collect(Collectors.joining("\n")));
        }
    }

    /** Ends what runs, the broker last. */
    public void down(Consumer<String> told) throws IOException {
        if (!Files.exists(folder.portsFile())) {
            told.accept("Nothing runs in " + folder.home() + ".");
            return;
        }
        try (LockedFile lock = lock()) {
            Stop.all(folder, Member.lastFirst(), told);
        }
    }

    /** Ends what runs while this very process is being ended: at once, also in the middle of {@link #up}. */
    public void abandon() {
        try {
            Stop.all(folder, Member.lastFirst(), line -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills a member's process as a crash would, without asking; {@link #up} starts it again. */
    public void kill(Member member) {
        new MemberProcess(member, folder).kill();
    }

    /** How each member is doing, in the order of {@link Member}. */
    public List<MemberState> state() {
        Ports ports = recordedPorts().orElseGet(Ports::defaults);
        return Arrays.stream(Member.values()).map(member -> state(member, ports)).toList();
    }

    private MemberState state(Member member, Ports ports) {
        MemberProcess process = new MemberProcess(member, folder);
        Optional<ProcessHandle> alive = process.alive();
        int port = ports.of(member);
        if (alive.isPresent()) {
            OptionalLong pid = OptionalLong.of(alive.get().pid());
            return new MemberState(member, MemberState.Life.ALIVE, pid, port, probe.ask(member, ports));
        }
        MemberState.Life life = process.known() ? MemberState.Life.DEAD : MemberState.Life.STOPPED;
        return new MemberState(member, life, OptionalLong.empty(), port, Readiness.notYet("it does not run"));
    }

    /** Whether any member's process lives. */
    public boolean runs() {
        return Arrays.stream(Member.values())
                .anyMatch(member -> new MemberProcess(member, folder).alive().isPresent());
    }

    /**
     * The ports of the running system.
     *
     * @throws CommandException when none runs here
     */
    public Ports ports() {
        if (!runs()) {
            throw new CommandException(
                    "Nothing runs in " + folder.home() + "; start it with `apprentice up` or name the folder of a system"
                            + " that runs with --home" + demo().map(home -> ", such as the demo's: --home '" + home + "'").orElse("")
                            + ".");
        }
        return recordedPorts().orElseGet(Ports::defaults).signedInWith(key);
    }

    /** The folder of the demo's system below this one's, while that runs. */
    private Optional<Path> demo() {
        LocalSystem demo = new LocalSystem(installation, new SystemFolder(folder.home().resolve(DEMO)));
        return Optional.of(demo.folder.home()).filter(home -> demo.runs());
    }

    /** Keeps two commands from starting or ending one system at the same time. */
    private LockedFile lock() throws IOException {
        return LockedFile.tryLock(folder.lockFile()).orElseThrow(() -> new CommandException(
                "Another `apprentice` command is starting or ending the system in " + folder.home() + "; wait for it and try again."));
    }

    private Ports agree(Optional<Ports> wanted, PortClaims claims, Consumer<String> told) throws IOException {
        Optional<Ports> recorded = recordedPorts();
        if (runs() && recorded.isPresent()) {
            if (wanted.isPresent() && !wanted.equals(recorded)) {
                throw new CommandException(
                        "The system in " + folder.home() + " runs on other ports already; run `apprentice down` first,"
                                + " or leave the ports out.");
            }
            return recorded.get();
        }
        Ports ports = wanted.orElseGet(() -> recorded.orElseGet(Ports::defaults).freed(claims, told));
        ports.save(folder.portsFile());
        return ports;
    }

    private Optional<Ports> recordedPorts() {
        return Optional.of(folder.portsFile()).filter(Files::exists).map(Ports::load);
    }
}
