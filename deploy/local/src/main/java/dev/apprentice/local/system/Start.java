package dev.apprentice.local.system;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.OnExit;
import dev.apprentice.local.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One start of what does not run yet. All processes start at once, because services wait for the broker by themselves;
 * they are then waited for one after the other.
 */
final class Start {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(500);

    private final Installation installation;
    private final SystemFolder folder;
    private final ReadinessProbe probe;
    private final Consumer<String> told;
    private final Map<Member, Process> started = new EnumMap<>(Member.class);
    private boolean abandoned;

    Start(Installation installation, SystemFolder folder, ReadinessProbe probe, Consumer<String> told) {
        this.installation = installation;
        this.folder = folder;
        this.probe = probe;
        this.told = told;
    }

    void run(Ports ports) throws IOException {
        List<Member> missing = new ArrayList<>();
        for (Member member : Member.values()) {
            if (new MemberProcess(member, folder).alive().isEmpty()) {
                missing.add(member);
            }
        }
        check(missing, ports);
        boolean complete = false;
        try (OnExit ended = OnExit.perform(this::abandon)) {
            for (Member member : missing) {
                begin(member, ports);
            }
            for (Member member : Member.values()) {
                awaitReady(member, ports);
            }
            complete = true;
        } finally {
            if (!complete) {
                endBegun();
            }
        }
    }

    private synchronized void begin(Member member, Ports ports) throws IOException {
        if (abandoned) {
            throw new CommandException("The start was interrupted.");
        }
        started.put(member, new MemberProcess(member, folder).start(installation.jar(member), ports));
    }

    private synchronized void abandon() {
        abandoned = true;
        try {
            endBegun();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void endBegun() throws IOException {
        List<Member> begun = Member.lastFirst().stream().filter(started::containsKey).toList();
        Stop.all(folder, begun, line -> {});
    }

    /** Everything that can be known before the first process starts. */
    private void check(List<Member> missing, Ports ports) {
        for (Member member : missing) {
            installation.jar(member);
            int port = ports.of(member);
            if (!FreePorts.isFree(port)) {
                throw new CommandException(
                        "Port %d, which %s needs, is taken by %s; end that process, or choose other ports with --port-base."
                                .formatted(port, member, owner(port)));
            }
        }
    }

    private static String owner(int port) {
        return PortOwner.find(port)
                .map(process -> "process %d (%s)"
                        .formatted(process.pid(), process.info().command().orElse("its command is unknown")))
                .orElse("another process");
    }

    private void awaitReady(Member member, Ports ports) {
        Instant end = Instant.now().plus(PATIENCE);
        Readiness readiness = probe.ask(member, ports);
        while (!readiness.ready()) {
            started.forEach(this::refuseEnded);
            if (Instant.now().isAfter(end)) {
                throw new CommandException("%s is not ready after %d s: %s. Its log is %s."
                        .formatted(member, PATIENCE.toSeconds(), readiness.missing().orElseThrow(), folder.log(member)));
            }
            pause();
            readiness = probe.ask(member, ports);
        }
        String words = started.containsKey(member) ? "ready" : "was running";
        told.accept(String.format("%-18s %-12s port %d", member, words, ports.of(member)));
    }

    private void refuseEnded(Member member, Process process) {
        if (!process.isAlive()) {
            throw new CommandException("%s ended before all were ready (exit code %d): %s. Its log is %s."
                    .formatted(member, process.exitValue(), LastWords.of(folder.log(member)), folder.log(member)));
        }
    }

    private static void pause() {
        Pause.of(BETWEEN_PROBES, "Waiting for the services was interrupted.");
    }
}
