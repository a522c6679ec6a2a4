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

/** Finds, starts and stops the process of one member. */
final class MemberProcess {

    /**
     * The timeout of a stop. judge-service takes 13 s to leave Kafka, and after a build all five processes also write class data
     * archives.
     */
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Member member;
    private final SystemFolder folder;
    private final Duration grace;

    MemberProcess(Member member, SystemFolder folder) {
        this(member, folder, GRACE);
    }

    /** Creates the process's handle. @param grace how long it may take to stop before it is killed */
    MemberProcess(Member member, SystemFolder folder, Duration grace) {
        this.member = member;
        this.folder = folder;
        this.grace = grace;
    }

    /** Tells whether it was started and not stopped by {@code end}; it may have died since. */
    boolean known() {
        return Files.exists(folder.processFile(member));
    }

    Optional<ProcessHandle> alive() {
        return ProcessRecord.load(folder.processFile(member)).flatMap(ProcessRecord::alive);
    }

    /** Starts it in the background with a new log; the previous log is kept beside it. */
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
     * Stops it: sends SIGTERM, waits, and kills it after the timeout.
     *
     * @param process what {@link #alive} found
     * @return the outcome, as text; empty if there is no record of it
     */
    Optional<String> end(Optional<ProcessHandle> process) throws IOException {
        if (!known()) {
            return Optional.empty();
        }
        String outcome = process.map(this::end).orElse("had already stopped");
        Files.deleteIfExists(folder.processFile(member));
        return Optional.of(outcome);
    }

    /** Sends SIGKILL and waits until the process has ended. */
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
                ? "killed after it did not stop within " + grace.toSeconds() + " s"
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
