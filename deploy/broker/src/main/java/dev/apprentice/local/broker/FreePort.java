package dev.apprentice.local.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port on the loopback address that could be bound a moment ago. */
public final class FreePort {

    /** Ports from here on may be given to any connection that goes out, before a program listens there. */
    private static final int FIRST_EPHEMERAL = 32_768;

    private FreePort() {}

    public static int find() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, FIRST_EPHEMERAL);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                continue;
            }
        }
    }
}
