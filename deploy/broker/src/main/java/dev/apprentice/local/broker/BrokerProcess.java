package dev.apprentice.local.broker;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The broker as a process of its own, which runs until SIGTERM or Ctrl-C.
 *
 * <p>Settings come from the environment: {@value #DATA} is the folder of the topics, {@value #PORT} is the port (default
 * {@value #DEFAULT_PORT}; 0 for any free one, which is then printed), and {@value #RECORD_BYTES} is the largest record, as for
 * the services (default 8 MiB).
 */
public final class BrokerProcess {

    static final String DATA = "APPRENTICE_BROKER_DATA";
    static final String PORT = "APPRENTICE_BROKER_PORT";
    static final String RECORD_BYTES = "APPRENTICE_KAFKA_MAX_RECORD_BYTES";
    static final String DEFAULT_PORT = "9092";

    private static final int LEAST_RECORD_BYTES = 1 << 20;
    private static final int MOST_RECORD_BYTES = 32 << 20;

    private BrokerProcess() {}

    /** Runs until the process is interrupted; exits with 1 and one sentence if the broker cannot start. */
    public static void main(String[] arguments) {
        try {
            run();
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run() throws IOException {
        KafkaBroker broker = KafkaBroker.start(
                dataFolder(System.getenv(DATA)),
                port(System.getenv(PORT)),
                BrokerSettings.recordLimit(recordBytes(System.getenv(RECORD_BYTES))));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-shutdown"));
        System.out.println("Kafka takes requests at " + broker.bootstrapServers());
        broker.awaitEnd();
    }

    static Path dataFolder(String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(DATA + " is not set; set it to the folder for topics.");
        }
        return Path.of(value);
    }

    static int port(String value) {
        String text = value == null || value.isBlank() ? DEFAULT_PORT : value.strip();
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(PORT + "=" + text + " is not a port; use a number from 0 to 65535.");
        }
        return port;
    }

    static int recordBytes(String value) {
        if (value == null || value.isBlank()) {
            return BrokerSettings.DEFAULT_RECORD_BYTES;
        }
        int bytes = value.strip().matches("\\d{1,8}") ? Integer.parseInt(value.strip()) : 0;
        if (bytes < LEAST_RECORD_BYTES || bytes > MOST_RECORD_BYTES) {
            throw new IllegalArgumentException(RECORD_BYTES + "=" + value + " is not a valid record size; use a number of bytes from "
                    + LEAST_RECORD_BYTES + " to " + MOST_RECORD_BYTES + ".");
        }
        return bytes;
    }
}
