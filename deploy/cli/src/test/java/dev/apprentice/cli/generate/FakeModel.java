package dev.apprentice.cli.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A fake Ollama whose model answers as a test sets. */
public final class FakeModel implements AutoCloseable {

    /** The answer that makes the server respond with an error. */
    public static final String FAILS = "(fails)";

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<String> answers;

    /** Starts the server. @param answers the answer to the last message of a conversation, or {@link #FAILS} */
    public FakeModel(UnaryOperator<String> answers) throws IOException {
        this.answers = answers;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/api/tags", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.createContext("/api/chat", exchange -> {
            JsonNode messages = Json.MAPPER.readTree(exchange.getRequestBody()).path("messages");
            String question = messages.path(messages.size() - 1).path("content").asText();
            asked.add(question);
            String answer = this.answers.apply(question);
            byte[] body = (answer.equals(FAILS) ? "{\"error\": \"out of memory\"}" : reply(answer)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.equals(FAILS) ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private static String reply(String text) throws IOException {
        return Json.MAPPER.writeValueAsString(Map.of(
                "model", "any", "created_at", "2025-01-01T00:00:00Z", "message", Map.of("role", "assistant", "content", text),
                "done_reason", "stop", "done", true, "prompt_eval_count", 100, "eval_count", 10));
    }

    public void answers(UnaryOperator<String> otherwise) {
        answers = otherwise;
    }

    /** Returns the last message of each conversation. */
    public List<String> asked() {
        return asked;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
