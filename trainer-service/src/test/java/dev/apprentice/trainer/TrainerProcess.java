package dev.apprentice.trainer;

import dev.apprentice.testkit.OpenMpi;
import dev.apprentice.testkit.PackagedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged service in its own process, which tests can kill, freeze and restart. */
final class TrainerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final Path log;

    private TrainerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param home the home folder that the trainers of a test share
     * @param instance the instance's name; a second process with this name is a restart of the first
     */
    static TrainerProcess start(String bootstrapServers, Path home, String instance) throws IOException {
        Path log = Files.createTempFile(home, instance, ".log");
        return new TrainerProcess(program(bootstrapServers, home, instance, log).start(), log);
    }

    /**
     * Starts the service as a job of several ranks.
     *
     * @param rankTimeout how long a rank may keep rank 0 waiting
     */
    static TrainerProcess start(String bootstrapServers, Path home, String instance, int ranks, Duration rankTimeout) throws IOException {
        Path log = Files.createTempFile(home, instance, ".log");
        ProcessBuilder job = OpenMpi.ranks(ranks, program(bootstrapServers, home, instance, log));
        job.environment().put("APPRENTICE_TRAINER_RANK_TIMEOUT", rankTimeout.toString());
        return new TrainerProcess(job.start(), log);
    }

    private static ProcessBuilder program(String bootstrapServers, Path home, String instance, Path log) {
        return PackagedService.program(
                "256m",
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers,
                        "QUARKUS_HTTP_HOST", "127.0.0.1",
                        "QUARKUS_HTTP_PORT", "0",
                        "QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false",
                        "APPRENTICE_TRAINER_HOME", home.toString(),
                        "APPRENTICE_TRAINER_INSTANCE", instance,
                        "APPRENTICE_TRAINER_SESSION_TIMEOUT", "6s",
                        "OMP_WAIT_POLICY", "PASSIVE",
                        "OMP_NUM_THREADS", "1"),
                log.toFile());
    }

    /** Waits until the service has logged these words. */
    void awaitLog(String words) {
        Awaitility.await(words).atMost(PATIENCE).until(() -> hasLogged(words));
    }

    boolean hasLogged(String words) {
        try {
            return Files.readString(log).contains(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGKILL: nothing is closed, nothing is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends SIGSTOP to one rank of a job, which does not notice it. */
    void freezeRank(int rank) throws IOException, InterruptedException {
        signal("-STOP", rank(rank).pid());
    }

    /** Waits until the process ends without a signal. Returns its exit code. */
    int awaitEnd() {
        return process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join().exitValue();
    }

    /** Sends SIGKILL to one rank of a job; mpirun then ends the others. */
    void killRank(int rank) {
        rank(rank).destroyForcibly();
        awaitEnd();
    }

    /** Sends SIGTERM to rank 0, which ends the job gracefully. Returns mpirun's exit code. */
    int shutDownRank0() {
        rank(0).destroy();
        return awaitEnd();
    }

    private ProcessHandle rank(int rank) {
        return process.descendants()
                .filter(descendant -> environment(descendant).contains("\0OMPI_COMM_WORLD_RANK=" + rank + "\0"))
                .findFirst()
                .orElseThrow();
    }

    private static String environment(ProcessHandle process) {
        try {
            return "\0" + Files.readString(Path.of("/proc", Long.toString(process.pid()), "environ"));
        } catch (IOException e) {
            return ""; // the process has ended meanwhile
        }
    }

    /** Sends SIGSTOP: the process is frozen and does not notice it. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP", process.pid());
    }

    /** Sends SIGCONT: the process goes on as if no time had passed. */
    void thaw() throws IOException, InterruptedException {
        signal("-CONT", process.pid());
    }

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(List.of("kill", signal, Long.toString(pid))).start().waitFor();
        if (exit != 0) {
            throw new IOException("kill " + signal + " exited with " + exit);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> ranks = process.descendants().toList(); // a killed mpirun would leave them running
        process.destroyForcibly();
        ranks.forEach(ProcessHandle::destroyForcibly);
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
