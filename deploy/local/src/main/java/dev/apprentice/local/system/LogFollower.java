package dev.apprentice.local.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Reads a log that may still grow. */
public final class LogFollower implements AutoCloseable {

    private static final int WAIT_MILLIS = 250;

    private final BufferedReader log;

    public LogFollower(Path log) throws IOException {
        // a lenient decoder: a killed process may leave a truncated character
        this.log = new BufferedReader(new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8));
    }

    /**
     * Passes each line to a reader, in readable form.
     *
     * @param reader returns whether it wants more lines
     * @param follow whether to wait for more at the end, until interrupted, instead of returning
     */
    public void copyTo(Predicate<String> reader, boolean follow) throws IOException, InterruptedException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = log.read();
            if (next == '\n') {
                if (!reader.test(LogLine.parse(line.toString()).readable())) {
                    return;
                }
                line.setLength(0);
            } else if (next >= 0) {
                line.append((char) next);
            } else if (follow) {
                Thread.sleep(WAIT_MILLIS);
            } else {
                break;
            }
        }
        if (!line.isEmpty()) {
            reader.test(LogLine.parse(line.toString()).readable());
        }
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
