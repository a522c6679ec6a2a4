package dev.apprentice.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs Prometheus and its promtool, if this machine has them (Debian's package {@code prometheus}). */
public final class Prometheus {

    private Prometheus() {}

    /** Tells whether both are installed. */
    public static boolean isInstalled() {
        return find("promtool").isPresent() && find("prometheus").isPresent();
    }

    /**
     * Runs promtool to its end and returns all its output.
     *
     * @param input its standard input
     */
    public static String promtool(String input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(find("promtool").orElseThrow().toString()));
        command.addAll(List.of(arguments));
        Path given = Files.createTempFile("promtool", ".txt");
        try {
            Files.writeString(given, input);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(given.toFile())
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? said : said + "\nerror: promtool ended with " + process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while promtool ran", e);
        } finally {
            Files.delete(given);
        }
    }

    /** Starts Prometheus with a configuration; the caller stops it. */
    public static Process start(Path configuration, Path data, int port, Path log) throws IOException {
        return new ProcessBuilder(
                        find("prometheus").orElseThrow().toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + data,
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static Optional<Path> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
