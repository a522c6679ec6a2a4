package dev.apprentice.cli.client;

import com.sun.net.httpserver.HttpServer;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stand-in for a service: answers each path as the test sets, and records the requests. */
public final class FakeService implements AutoCloseable {

    private static final Reply NOTHING = new Reply(404, "{\"title\": \"Not found\"}", Map.of());

    private final HttpServer server;
    private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    public FakeService() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(new Asked(request, body,
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID")),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))));
            Reply reply = next(request);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    /** A request: method and path, body, the id of the last event seen, and the Authorization header. */
    public record Asked(String request, String body, Optional<String> lastEventId, Optional<String> authorization) {}

    private record Reply(int status, String body, Map<String, String> headers) {}

    /** Sets the answer to a request. @param request method and path, e.g. {@code GET /runs} */
    public FakeService answers(String request, int status, String body) {
        return answers(request, status, body, Map.of());
    }

    public FakeService answers(String request, int status, String body, Map<String, String> headers) {
        replies.put(request, new ConcurrentLinkedDeque<>(List.of(new Reply(status, body, headers))));
        return this;
    }

    /** Adds an answer that is given once, before those that are set. */
    public void answersFirst(String request, int status, String body) {
        replies.get(request).addFirst(new Reply(status, body, Map.of()));
    }

    /** Sets one body after the other; the last one is repeated. */
    public void answersInTurn(String request, String... bodies) {
        replies.put(request, new ConcurrentLinkedDeque<>(
                Arrays.stream(bodies).map(body -> new Reply(200, body, Map.of())).toList()));
    }

    private Reply next(String request) {
        Deque<Reply> left = replies.getOrDefault(request, new ConcurrentLinkedDeque<>(List.of(NOTHING)));
        return left.size() > 1 ? left.removeFirst() : left.getFirst();
    }

    public List<Asked> asked() {
        return asked;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns ports at which this server is that service. */
    public Ports as(Member member) {
        return Ports.startingAt(port() - member.ordinal());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
