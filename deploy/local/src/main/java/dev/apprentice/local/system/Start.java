package dev.apprentice.local.system;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.OnExit;
import dev.apprentice.local.Pause;
import dev.apprentice.local.port.FreePorts;
import dev.apprentice.local.port.PortOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A start of the members that do not run. All processes start at once, since services wait for the broker themselves. A member
 * that does not become ready does not affect the others.
 */
final class Start {

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(500);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(20);

    private static final Duration RELEASED_WITHIN = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS_AT_A_PORT = Duration.ofMillis(20);

    private final Installation installation;
    private final SystemFolder folder;
    private final ReadinessProbe probe;
    private final Duration patience;
    private final Consumer<String> told;
    private final Map<Member, Process> started = new EnumMap<>(Member.class);
    private final Set<Member> awaited = EnumSet.allOf(Member.class);
    private final List<NotReady> ended = new ArrayList<>();
    private final Map<Member, String> missing = new EnumMap<>(Member.class);
    private boolean abandoned;

    /** Creates a start. @param patience the timeout for all members together */
    Start(Installation installation, SystemFolder folder, ReadinessProbe probe, Duration patience, Consumer<String> told) {
        this.installation = installation;
        this.folder = folder;
        this.probe = probe;
        this.patience = patience;
        this.told = told;
    }

    /**
     * Starts the members and waits for them.
     *
     * @return those that are not ready, in the order of {@link Member}
     * @throws CommandException if nothing was started, because a package is missing or a port is taken
     */
    List<NotReady> run(Ports ports) throws IOException {
        List<Member> absent = new ArrayList<>();
        for (Member member : Member.values()) {
            if (process(member).alive().isEmpty()) {
                absent.add(member);
            }
        }
        check(absent, ports);
        try (OnExit interrupted = OnExit.perform(this::abandon)) {
            for (Member member : absent) {
                begin(member, ports);
            }
            await(ports);
        }
        List<NotReady> all = new ArrayList<>(ended);
        awaited.forEach(member -> all.add(notReady(member, missing.get(member))));
        all.sort((one, other) -> one.member().compareTo(other.member()));
        return all;
    }

    private MemberProcess process(Member member) {
        return new MemberProcess(member, folder);
    }

    private NotReady notReady(Member member, String reason) {
        return new NotReady(member, reason, folder.log(member));
    }

    private synchronized void begin(Member member, Ports ports) throws IOException {
        if (abandoned) {
            throw new CommandException("The start was interrupted.");
        }
        started.put(member, process(member).start(installation.jar(member), ports));
    }

    /** Stops the members that this start has begun, and no others, on Ctrl-C. */
    private synchronized void abandon() {
        abandoned = true;
        try {
            List<Member> begun = Member.lastFirst().stream().filter(started::containsKey).toList();
            Stop.all(folder, begun, line -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks everything that can be checked before the first process starts. */
    private void check(List<Member> absent, Ports ports) {
        for (Member member : absent) {
            installation.jar(member);
            int port = ports.of(member);
            if (!becomesFree(port, process(member).known() ? RELEASED_WITHIN : Duration.ZERO)) {
                throw new CommandException(
                        "Port %d, which %s needs, is taken by %s; end that process, or choose other ports with --port-base."
                                .formatted(port, member, PortOwner.words(port)));
            }
        }
    }

    /** Waits until a port is free. After a kill, the process disappears a moment before its port is released. */
    private static boolean becomesFree(int port, Duration within) {
        Instant end = Instant.now().plus(within);
        while (!FreePorts.isFree(port)) {
            if (!Instant.now().isBefore(end)) {
                return false;
            }
            Pause.of(BETWEEN_LOOKS_AT_A_PORT, "Waiting for port " + port + " was interrupted.");
        }
        return true;
    }

    private void await(Ports ports) throws IOException {
        Instant end = Instant.now().plus(patience);
        Instant nextWords = Instant.now().plus(BETWEEN_WORDS);
        while (true) {
            for (Member member : List.copyOf(awaited)) {
                look(member, ports);
            }
            boolean noBroker = ended.stream().anyMatch(gone -> gone.member() == Member.BROKER);
            if (awaited.isEmpty() || noBroker || Instant.now().isAfter(end)) {
                return;
            }
            if (Instant.now().isAfter(nextWords)) {
                missing.forEach((member, reason) -> told.accept(line(member, "waiting", reason)));
                nextWords = Instant.now().plus(BETWEEN_WORDS);
            }
            Pause.of(BETWEEN_PROBES, "Waiting for the services was interrupted.");
        }
    }

    private void look(Member member, Ports ports) throws IOException {
        if (process(member).alive().isEmpty()) {
            replace(member, ports);
            return;
        }
        Optional<String> lacking = probe.ask(member, ports).missing();
        if (lacking.isPresent()) {
            missing.put(member, lacking.get());
            return;
        }
        awaited.remove(member);
        missing.remove(member);
        told.accept(line(member, started.containsKey(member) ? "ready" : "was running", "port " + ports.of(member)));
    }

    /**
     * Handles a member that ended. One that was running before, and was killed while this waits, is started. One that this start
     * began is given up.
     */
    private void replace(Member member, Ports ports) throws IOException {
        Process process = started.get(member);
        if (process == null) {
            begin(member, ports);
            return;
        }
        awaited.remove(member);
        missing.remove(member);
        ended.add(notReady(member, "it ended at its start (exit code %d): %s"
                .formatted(process.onExit().join().exitValue(), LastWords.of(folder.log(member)))));
    }

    private static String line(Member member, String state, String more) {
        return String.format("%-18s %-12s %s", member, state, more);
    }
}
