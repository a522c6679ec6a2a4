package dev.apprentice.local.broker;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The broker as a process of its own, until it is told to end (SIGTERM, Ctrl-C).
 *
 * <p>Settings come from the environment: {@value #DATA} names the folder to keep topics in, {@value #PORT} the port
 * (default {@value #DEFAULT_PORT}; 0 for any free one, which is then printed).
 */
public final class BrokerProcess {

    static final String DATA = "APPRENTICE_BROKER_DATA";
    static final String PORT = "APPRENTICE_BROKER_PORT";
    static final String DEFAULT_PORT = "9092";

    private BrokerProcess() {}

    /** Runs until the process is asked to end; exits with 1 and one sentence when the broker cannot start. */
    public static void main(String[] arguments) {
        try {
            run();
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run() throws IOException {
        KafkaBroker broker = KafkaBroker.start(dataFolder(System.getenv(DATA)), port(System.getenv(PORT)));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-shutdown"));
        System.out.println("Kafka takes requests at " + broker.bootstrapServers());
        broker.awaitEnd();
    }

    static Path dataFolder(String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(DATA + " is not set; let it name the folder to keep topics in.");
        }
        return Path.of(value);
    }

    static int port(String value) {
        String text = value == null || value.isBlank() ? DEFAULT_PORT : value.strip();
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(PORT + "=" + text + " is no port; use a number from 0 to 65535.");
        }
        return port;
    }
}
