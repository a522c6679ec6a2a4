package dev.apprentice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy between clients and a server on this machine, which can inject faults of networks. */
public final class BadConnection implements AutoCloseable {

    /** A fault of a connection. */
    public enum Fault {
        /** Answers every request with status 500. */
        STATUS_500,
        /** Closes the connection after the first 512 bytes of the response. */
        CUT,
        /** Accepts a request and never responds. */
        SILENT
    }

    private static final int PASSED_BEFORE_CUT = 512;

    private final int target;
    private final ServerSocket entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "bad-connection");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Queue<Fault> next = new ConcurrentLinkedQueue<>();
    private volatile boolean away;

    /** Starts the proxy. @param target the server's port */
    public BadConnection(int target) throws IOException {
        this.target = target;
        threads.execute(this::accept);
    }

    public int port() {
        return entry.getLocalPort();
    }

    /** Gives each of the next connections one of these faults. Open connections are closed, so the next request opens a new one. */
    public void spoil(Fault... faults) {
        next.addAll(List.of(faults));
        endAll();
    }

    /** Closes every connection at once, until {@link #comeBack}. */
    public void goAway() {
        away = true;
        endAll();
    }

    public void comeBack() {
        away = false;
        next.clear();
    }

    private void endAll() {
        open.forEach(BadConnection::end);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entry.accept();
                open.add(client);
                Fault fault = next.poll();
                if (away) {
                    end(client);
                } else if (fault == Fault.STATUS_500) {
                    threads.execute(() -> fail(client));
                } else if (fault != Fault.SILENT) {
                    connect(client, fault == Fault.CUT ? PASSED_BEFORE_CUT : Long.MAX_VALUE);
                }
            }
        } catch (IOException closed) {
            endAll();
        }
    }

    private void fail(Socket client) {
        try (client) {
            client.getOutputStream().write("HTTP/1.1 500 Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            open.remove(client);
        }
    }

    private void connect(Socket client, long answerBytes) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(server);
        threads.execute(() -> pass(client, server, Long.MAX_VALUE));
        threads.execute(() -> pass(server, client, answerBytes));
    }

    private void pass(Socket from, Socket to, long most) {
        try (from; to) {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[8192];
            long left = most;
            for (int read = in.read(buffer); read >= 0 && left > 0; read = in.read(buffer)) {
                to.getOutputStream().write(buffer, 0, (int) Math.min(read, left));
                left -= read;
                if (left <= 0) {
                    return;
                }
            }
        } catch (IOException ended) {
            open.remove(to);
        } finally {
            open.remove(from);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket does not close", e);
        }
    }

    @Override
    public void close() throws IOException {
        entry.close();
        endAll();
        threads.shutdownNow();
    }
}
