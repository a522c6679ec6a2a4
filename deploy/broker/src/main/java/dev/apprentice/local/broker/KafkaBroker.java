package dev.apprentice.local.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A complete Apache Kafka in this JVM: one node as broker and controller (KRaft), reachable from this machine only, without
 * replication. It is for tests and for the local system; a cluster is another deployment.
 *
 * <p>Data survives a restart on the same folder. Topics are not created automatically: the service that needs one creates it.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final KafkaRaftServer server;
    private final int port;

    private KafkaBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it takes requests (about two seconds).
     *
     * @param dataFolder the folder of the topics, for this broker alone; created and formatted if it is new
     * @param port the port on the loopback address, or 0 for any free one
     * @throws IOException if the port is taken or the folder cannot be used; the message says which
     */
    public static KafkaBroker start(Path dataFolder, int port) throws IOException {
        return start(dataFolder, port, Map.of());
    }

    /**
     * Like {@link #start(Path, int)}, with further settings of Kafka, which override the usual ones.
     *
     * @param more such as {@code message.max.bytes}
     */
    public static KafkaBroker start(Path dataFolder, int port, Map<String, String> more) throws IOException {
        Path folder = dataFolder.toAbsolutePath().normalize();
        StorageFolder.prepare(folder);
        int brokerPort = port == 0 ? FreePort.find() : port;
        requireFree(brokerPort);
        int controllerPort = FreePort.find();
        Map<String, String> settings = BrokerSettings.of(LOOPBACK, brokerPort, controllerPort, folder);
        settings.putAll(more);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        return new KafkaBroker(server, brokerPort);
    }

    /** Returns the value for {@code bootstrap.servers}, e.g. {@code 127.0.0.1:9092}. */
    public String bootstrapServers() {
        return LOOPBACK + ":" + port;
    }

    /** Waits until another thread has shut down the broker with {@link #close()}. */
    void awaitEnd() {
        server.awaitShutdown();
    }

    /** Shuts down the broker; everything acknowledged is in its folder when this returns. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void requireFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
        } catch (IOException e) {
            throw new IOException(
                    "Port %d on %s is taken by another process; end that process or choose another port."
                            .formatted(port, LOOPBACK),
                    e);
        }
    }
}
