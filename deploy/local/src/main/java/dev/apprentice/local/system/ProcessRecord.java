package dev.apprentice.local.system;

import dev.apprentice.contracts.Json;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.JsonTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process as it is recorded between two commands. The operating system reuses process ids, so a record has the start time, too.
 *
 * @param pid the process id
 * @param startedAt the start time that the operating system reports
 */
record ProcessRecord(long pid, Instant startedAt) {

    /** Linux derives start times from the clock, so a process's start time may shift by a second. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static ProcessRecord of(ProcessHandle process) {
        return new ProcessRecord(process.pid(), process.info().startInstant().orElseGet(Instant::now));
    }

    /** Returns the process if it is still alive and its start time matches. */
    Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid).filter(ProcessRecord::lives).filter(this::startedThen);
    }

    /**
     * Tells whether a process runs. A zombie stays in the process table until its parent reaps it, in a container perhaps
     * forever; it has no command.
     */
    static boolean lives(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private boolean startedThen(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) <= 0)
                .orElse(false);
    }

    void save(Path file) throws IOException {
        Json.MAPPER.writeValue(file.toFile(), this);
    }

    /** Reads what {@link #save} wrote; empty if there is no such file. */
    static Optional<ProcessRecord> load(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(file.toFile(), ProcessRecord.class));
        } catch (IOException e) {
            throw new CommandException(
                    file + " does not name a process: " + JsonTrouble.words(e) + "; end the process yourself if it runs, delete"
                            + " the file, and try again.",
                    e);
        }
    }
}
