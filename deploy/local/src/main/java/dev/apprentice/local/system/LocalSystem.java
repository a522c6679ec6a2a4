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

/** The broker and the four services as processes of this machine. Their records are in a folder, where later commands find them. */
public final class LocalSystem {

    /** The name of a demo's folder inside the user's own system's folder. */
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

    /** Creates a system. @param patience the timeout of a start */
    LocalSystem(Installation installation, SystemFolder folder, Duration patience) {
        this(installation, folder, patience, Optional.empty());
    }

    private LocalSystem(Installation installation, SystemFolder folder, Duration patience, Optional<Credential> key) {
        this.installation = installation;
        this.folder = folder;
        this.patience = patience;
        this.key = key;
    }

    /** Returns a copy that signs in with this credential if its services require it. */
    public LocalSystem signedInWith(Optional<Credential> other) {
        return new LocalSystem(installation, folder, patience, other);
    }

    public SystemFolder folder() {
        return folder;
    }

    /**
     * Starts the members that do not run. Returns when all five are ready, or when waiting longer is pointless.
     *
     * @param wanted the ports to use; empty for those it runs on or ran on last, else the default ones
     * @param told gets a line for each member that is ready
     * @return those that are not ready; they and the others are left as they are
     * @throws CommandException if nothing can be started, with the reason
     */
    public List<NotReady> up(Optional<Ports> wanted, Consumer<String> told) throws IOException {
        folder.create();
        try (LockedFile lock = lock(); PortClaims claims = PortClaims.ofUser()) {
            Ports ports = agree(wanted, claims, told);
            return new Start(installation, folder, probe, patience, told).run(ports);
        }
    }

    /** Starts all five members. @throws CommandException if one of them is not ready */
    public void upWhole(Optional<Ports> wanted, Consumer<String> told) throws IOException {
        List<NotReady> lacking = up(wanted, told);
        if (!lacking.isEmpty()) {
            throw new CommandException(lacking.stream().map(NotReady::toString).collect(Collectors.joining("\n")));
        }
    }

    /** Stops the members that run, the broker last. */
    public void down(Consumer<String> told) throws IOException {
        if (!Files.exists(folder.portsFile())) {
            told.accept("Nothing runs in " + folder.home() + ".");
            return;
        }
        try (LockedFile lock = lock()) {
            Stop.all(folder, Member.lastFirst(), told);
        }
    }

    /** Stops the members during this process's shutdown: at once, even in the middle of {@link #up}. */
    public void abandon() {
        try {
            Stop.all(folder, Member.lastFirst(), line -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills a member's process with SIGKILL, as a crash would; {@link #up} starts it again. */
    public void kill(Member member) {
        new MemberProcess(member, folder).kill();
    }

    /** Returns the state of each member, in the order of {@link Member}. */
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

    /** Tells whether any member's process is alive. */
    public boolean runs() {
        return Arrays.stream(Member.values())
                .anyMatch(member -> new MemberProcess(member, folder).alive().isPresent());
    }

    /**
     * Returns the ports of the running system.
     *
     * @throws CommandException if none runs here
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

    /** Returns the folder of the demo's system inside this one's; empty if that does not run. */
    private Optional<Path> demo() {
        LocalSystem demo = new LocalSystem(installation, new SystemFolder(folder.home().resolve(DEMO)));
        return Optional.of(demo.folder.home()).filter(home -> demo.runs());
    }

    /** Locks the system, so no other command starts or stops it meanwhile. */
    private LockedFile lock() throws IOException {
        return LockedFile.tryLock(folder.lockFile()).orElseThrow(() -> new CommandException(
                "Another `apprentice` command is starting or ending the system in " + folder.home() + "; wait for it and try again."));
    }

    private Ports agree(Optional<Ports> wanted, PortClaims claims, Consumer<String> told) throws IOException {
        Optional<Ports> recorded = recordedPorts();
        if (runs() && recorded.isPresent()) {
            if (wanted.isPresent() && !wanted.equals(recorded)) {
                throw new CommandException(
                        "The system in " + folder.home() + " already runs on other ports; run `apprentice down` first, or omit"
                                + " the ports.");
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
