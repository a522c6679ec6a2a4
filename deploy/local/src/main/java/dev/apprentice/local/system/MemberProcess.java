package dev.apprentice.local.system;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.Pause;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The process of one member: found, started, ended. */
final class MemberProcess {

    /** judge-service lets go of Kafka for 13 s; after a build, five processes besides write the archives of their classes. */
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Member member;
    private final SystemFolder folder;
    private final Duration grace;

    MemberProcess(Member member, SystemFolder folder) {
        this(member, folder, GRACE);
    }

    /** @param grace how long it may take to end before it is killed */
    MemberProcess(Member member, SystemFolder folder, Duration grace) {
        this.member = member;
        this.folder = folder;
        this.grace = grace;
    }

    /** Whether it was started and not ended by {@code end}; it may have died since. */
    boolean known() {
        return Files.exists(folder.processFile(member));
    }

    Optional<ProcessHandle> alive() {
        return ProcessRecord.load(folder.processFile(member)).flatMap(ProcessRecord::alive);
    }

    /** Starts it in the background with a log of its own; the log before is kept beside it. */
    Process start(Path jar, Ports ports) throws IOException {
        Path log = folder.log(member);
        if (Files.exists(log)) {
            Path previous = log.resolveSibling(member.id() + ".previous.log");
            Files.move(log, previous, StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(member, jar))
                .directory(folder.data(member).toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(member.environment(ports, folder));
        Process process = builder.start();
        ProcessRecord.of(process.toHandle()).save(folder.processFile(member));
        return process;
    }

    /**
     * Ends it: asks (SIGTERM), waits, and kills where it does not listen.
     *
     * @param process what {@link #alive} found
     * @return how it went, in words; empty where nothing was known of it
     */
    Optional<String> end(Optional<ProcessHandle> process) throws IOException {
        if (!known()) {
            return Optional.empty();
        }
        String outcome = process.map(this::end).orElse("was no longer running");
        Files.deleteIfExists(folder.processFile(member));
        return Optional.of(outcome);
    }

    /** SIGKILL, and waits until it is gone. */
    void kill() {
        alive().ifPresent(process -> {
            process.destroyForcibly();
            if (!ended(process, KILLED_WITHIN)) {
                throw new CommandException(member + " could not be killed; its process id is " + process.pid() + ".");
            }
        });
    }

    private String end(ProcessHandle process) {
        process.destroy();
        if (ended(process, grace)) {
            return "stopped";
        }
        process.destroyForcibly();
        return ended(process, KILLED_WITHIN)
                ? "killed, because it had not ended " + grace.toSeconds() + " s after being asked to"
                : "could not be killed; its process id is " + process.pid();
    }

    private static boolean ended(ProcessHandle process, Duration within) {
        Instant end = Instant.now().plus(within);
        while (ProcessRecord.lives(process) && Instant.now().isBefore(end)) {
            Pause.of(BETWEEN_LOOKS, "Waiting for process " + process.pid() + " to end was interrupted.");
        }
        return !ProcessRecord.lives(process);
    }
}
