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
 * A process as it is written down between two commands. The system reuses process ids, so an id alone does not say
 * that it is still the same process; id and start time together do.
 *
 * @param pid the process id
 * @param startedAt when the system says it started
 */
record ProcessRecord(long pid, Instant startedAt) {

    /** Linux derives start times from the clock, so one process' start time may move by a tick of a second. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static ProcessRecord of(ProcessHandle process) {
        return new ProcessRecord(process.pid(), process.info().startInstant().orElseGet(Instant::now));
    }

    /** The process, if it is still alive and not another one with its id. */
    Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid).filter(ProcessRecord::lives).filter(this::startedThen);
    }

    /**
     * Whether a process runs. One that has ended stays in the system's table until its parent asks how, which in a container
     * may be never; it has no command then.
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

    /** What {@link #save} wrote; empty where there is no such file. */
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
