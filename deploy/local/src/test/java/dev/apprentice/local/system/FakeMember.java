package dev.apprentice.local.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands in for a member: listens where the real one would, and does what the file {@code behaviour} beside it says. */
public final class FakeMember {

    static final String BEHAVIOUR = "behaviour";
    static final String FAILS = "fails";
    static final String STUBBORN = "stubborn";

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
            byte[] body = "{\"status\":\"UP\",\"checks\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
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
