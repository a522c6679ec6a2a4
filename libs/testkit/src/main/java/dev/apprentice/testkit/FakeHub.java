package dev.apprentice.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A fake hub with one model or dataset, and the store that it keeps large files in. As with the real ones, each is a server of
 * its own. Faults can be injected.
 */
public final class FakeHub implements AutoCloseable {

    public static final String REPOSITORY = "textbook/tiny";
    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** A request that was received. */
    public record Request(String method, String path, Optional<String> authorization, Optional<String> range) {}

    private final HttpServer hub;
    private final HttpServer store;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, Queue<HttpHandler>> misbehaviour = new ConcurrentHashMap<>();
    private final List<Request> hubRequests = new CopyOnWriteArrayList<>();
    private final List<Request> storeRequests = new CopyOnWriteArrayList<>();

    public FakeHub() throws IOException {
        hub = server(this::answer, hubRequests);
        store = server(this::serveStored, storeRequests);
    }

    private HttpServer server(HttpHandler handler, List<Request> requests) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(new Request(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))));
                Optional<HttpHandler> instead = misbehaviourFor(exchange);
                instead.orElse(handler).handle(exchange);
            }
        });
        server.start();
        return server;
    }

    private Optional<HttpHandler> misbehaviourFor(HttpExchange exchange) {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        return misbehaviour.entrySet().stream()
                .filter(entry -> request.endsWith(entry.getKey()) || request.startsWith(entry.getKey()))
                .map(entry -> entry.getValue().poll())
                .filter(Objects::nonNull)
                .findFirst();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    /** Returns the store's address, with another host name than the hub's, as the real store has. */
    private String storeAddress() {
        return "http://localhost:" + store.getAddress().getPort();
    }

    /** Adds a model's three files, from the small fixtures. */
    public FakeHub withModel(String model) {
        return with("config.json", Fixtures.bytes(model + "/config.json"))
                .with("tokenizer.json", Fixtures.bytes("tokenizer.json"))
                .with("model.safetensors", Fixtures.bytes(model + "/model.safetensors"));
    }

    public FakeHub with(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    public FakeHub without(String name) {
        files.remove(name);
        return this;
    }

    /**
     * Answers the next matching request with this handler, and those after it as usual.
     *
     * @param request the method and path, of which this is the beginning or the end, such as {@code HEAD } or
     *     {@code /config.json}
     */
    public FakeHub once(String request, HttpHandler answer) {
        misbehaviour.computeIfAbsent(request, key -> new ConcurrentLinkedQueue<>()).add(answer);
        return this;
    }

    public FakeHub times(int count, String request, HttpHandler answer) {
        for (int i = 0; i < count; i++) {
            once(request, answer);
        }
        return this;
    }

    public List<Request> hubRequests() {
        return hubRequests;
    }

    public List<Request> storeRequests() {
        return storeRequests;
    }

    /** Returns the path of this file in the store. */
    public String stored(String name) {
        return "/" + sha256(files.get(name));
    }

    public static HttpHandler status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String resolve = (path.startsWith("/datasets/") ? "/datasets/" : "/") + REPOSITORY + "/resolve/" + COMMIT + "/";
        if (path.matches("/api/(models|datasets)/" + REPOSITORY + "/revision/.*")) {
            send(exchange, listing().getBytes(StandardCharsets.UTF_8), 0);
        } else if (path.startsWith(resolve) && files.containsKey(path.substring(resolve.length()))) {
            serve(exchange, path.substring(resolve.length()));
        } else {
            status(404, "X-Error-Code", "RepoNotFound").handle(exchange);
        }
    }

    private String listing() {
        return "{\"sha\": \"" + COMMIT + "\", \"siblings\": ["
                + files.keySet().stream().map(name -> "{\"rfilename\": \"" + name + "\"}").collect(Collectors.joining(", "))
                + "]}";
    }

    private void serve(HttpExchange exchange, String name) throws IOException {
        byte[] content = files.get(name);
        exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
        if (name.endsWith(".safetensors") || name.endsWith(".parquet")) {
            exchange.getResponseHeaders().set("Location", storeAddress() + stored(name));
            exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + sha256(content) + "\"");
            exchange.getResponseHeaders().set("X-Linked-Size", String.valueOf(content.length));
            exchange.sendResponseHeaders(302, -1);
        } else {
            exchange.getResponseHeaders().set("ETag", "\"" + gitBlobId(content) + "\"");
            send(exchange, content, 0);
        }
    }

    private void serveStored(HttpExchange exchange) throws IOException {
        byte[] content = files.values().stream()
                .filter(file -> exchange.getRequestURI().getPath().equals("/" + sha256(file)))
                .findFirst()
                .orElseThrow();
        String range = exchange.getRequestHeaders().getFirst("Range");
        send(exchange, content, range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", "")));
    }

    public static void send(HttpExchange exchange, byte[] content, int from) throws IOException {
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        exchange.getResponseBody().write(content, from, content.length - from);
    }

    public static String sha256(byte[] content) {
        return digest("SHA-256", content);
    }

    public static String gitBlobId(byte[] content) {
        byte[] header = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] blob = new byte[header.length + content.length];
        System.arraycopy(header, 0, blob, 0, header.length);
        System.arraycopy(content, 0, blob, header.length, content.length);
        return digest("SHA-1", blob);
    }

    private static String digest(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
        store.stop(0);
        threads.shutdownNow();
    }
}
