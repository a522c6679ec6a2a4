package dev.apprentice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends a chunked body, so its size is not known in advance to be over a service's limit. */
public final class LargeBody {

    /** Quarkus's default limit, in bytes. */
    private static final int LIMIT = 10 << 20;
    private static final int CHUNK = 1 << 16;

    private LargeBody() {}

    /**
     * Posts a body that starts with this text and continues with letters, beyond the limit.
     *
     * @return the whole response, its status line first
     */
    public static String post(int port, String path, String type, String beginning) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            OutputStream to = socket.getOutputStream();
            to.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                    + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            chunk(to, beginning);
            for (int sent = 0; sent <= LIMIT; sent += CHUNK) {
                chunk(to, "a".repeat(CHUNK));
            }
            chunk(to, "");
            InputStream from = socket.getInputStream();
            return new String(from.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void chunk(OutputStream to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        to.write(bytes);
        to.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
