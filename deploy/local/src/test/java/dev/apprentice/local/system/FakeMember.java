package dev.apprentice.local.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stand-in for a member: listens on the real one's port, and behaves as the file {@code behaviour} in its folder says. */
public final class FakeMember {

    static final String BEHAVIOUR = "behaviour";
    static final String FAILS = "fails";
    static final String STUBBORN = "stubborn";
    /** Reports that it is not ready, with a reason. */
    static final String LACKING = "lacking";
    /** Exits once, when it is asked for its health. */
    static final String ENDS_WHEN_ASKED = "ends when asked";

    private FakeMember() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(BEHAVIOUR);
        String behaviour = Files.exists(file) ? Files.readString(file) : "";
        if (behaviour.equals(FAILS)) {
            System.out.println("{\"level\":\"INFO\",\"message\":\"starting\"}");
            System.out.println("{\"level\":\"ERROR\",\"message\":\"the disk is full\"}");
            System.out.println("{\"level\":\"INFO\",\"message\":\"stopping\"}");
            System.exit(3);
        }
        if (behaviour.equals(STUBBORN)) {
            Runtime.getRuntime().addShutdownHook(new Thread(FakeMember::never));
        }
        String brokerPort = System.getenv("APPRENTICE_BROKER_PORT");
        String port = brokerPort == null ? System.getenv("QUARKUS_HTTP_PORT") : brokerPort;
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(port)), 0);
        server.createContext("/q/health/ready", exchange -> {
            String now = Files.exists(file) ? Files.readString(file) : "";
            if (now.equals(ENDS_WHEN_ASKED)) {
                Files.delete(file);
                Runtime.getRuntime().halt(9);
            }
            boolean lacking = now.equals(LACKING);
            byte[] body = (lacking
                            ? "{\"checks\":[{\"name\":\"Disk\",\"status\":\"DOWN\",\"data\":{\"reason\":\"it is full\"}}]}"
                            : "{\"status\":\"UP\",\"checks\":[]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(lacking ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private static void never() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
