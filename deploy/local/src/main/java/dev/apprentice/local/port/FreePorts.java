package dev.apprentice.local.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Finds free ports of the loopback address. */
public final class FreePorts {

    public static final String LOOPBACK = "127.0.0.1";
    private static final int FIRST = 10_000;
    /** The first port that Linux gives to outgoing connections; macOS and Windows start at 49152. */
    private static final int FIRST_EPHEMERAL = 32_768;
    /** How many of some 22,000 ports are tried before the search fails. */
    private static final int TRIES = 10_000;

    private FreePorts() {}

    /** Opens a server's socket at a port. */
    interface Binding {
        ServerSocket at(int port) throws IOException;
    }

    /** Tells whether a server could listen there now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = bind(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Returns this many different ports, all free now. They are below the range for outgoing connections, so none of those takes
     * a port before its server listens there.
     */
    public static List<Integer> find(int count) {
        return find(count, FreePorts::bind);
    }

    /** Returns as many ports as {@link #find(int)}. @param binding opens a server's socket at a port */
    static List<Integer> find(int count, Binding binding) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int attempt = 1; held.size() < count; attempt++) {
                int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST_EPHEMERAL);
                try {
                    held.add(binding.at(port));
                } catch (IOException e) {
                    if (attempt >= TRIES) {
                        throw new UncheckedIOException(
                                "No port between " + FIRST + " and " + FIRST_EPHEMERAL + " is free on " + LOOPBACK, e);
                    }
                }
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            held.forEach(FreePorts::release);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
