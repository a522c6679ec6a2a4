package dev.apprentice.judge.scale;

import dev.apprentice.local.broker.FreePort;
import dev.apprentice.testkit.PackagedService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The packaged judge-service in its own process. */
final class JudgeProcess implements AutoCloseable {

    static final String HEAP = "200m";

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final Process process;

    private JudgeProcess(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** Starts it like {@code ./apprentice up}, except for the size of its heap. */
    static JudgeProcess start(String bootstrapServers, Path home) throws IOException {
        int port = FreePort.find();
        Process process = PackagedService.start(
                HEAP,
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers,
                        "QUARKUS_HTTP_HOST", "127.0.0.1",
                        "QUARKUS_HTTP_PORT", String.valueOf(port),
                        "APPRENTICE_JUDGE_HOME", home.toString()),
                home.resolveSibling("judge.log").toFile());
        return new JudgeProcess(port, process);
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Waits until this path answers with this status. */
    void await(String path, int status) {
        Awaitility.await(path).atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).ignoreExceptions().until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("judge-service has ended with " + process.exitValue());
            }
            return get(path).statusCode() == status;
        });
    }

    HttpResponse<String> get(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address() + path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the megabytes of heap that live objects occupy: the histogram is made after a full collection. */
    long liveHeap() throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(process.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        return number(TOTAL, text(jcmd.getInputStream())) >> 20;
    }

    /** Returns the megabytes of memory that the whole process occupies. */
    long resident() throws IOException {
        return PackagedService.residentMiB(process);
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in: " + text);
        }
        return Long.parseLong(found.group(1));
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
