package dev.apprentice.judge.judges.grading;

import dev.apprentice.contracts.Json;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A fake Ollama whose models answer any number of questions at once, each after exactly the time in the model's name:
 * {@code after-250ms}. {@code GET /worked} returns the nanoseconds from the first question since its last call to the last
 * answer. The server has its own event loop and only sets timers, so it is not a bottleneck.
 */
public class PunctualServer implements QuarkusTestResourceLifecycleManager {

    private static final String ANSWER = """
            {"model":"any","created_at":"2025-01-01T00:00:00Z","message":{"role":"assistant","content":"50"},\
            "done_reason":"stop","done":true,"prompt_eval_count":120,"eval_count":2}""";

    private final Vertx vertx = Vertx.vertx();
    private long first; // used by the event loop only, like the next field
    private long last;

    /** Returns the name of the model that takes this long. */
    static String model(int milliseconds) {
        return "after-" + milliseconds + "ms";
    }

    @Override
    public Map<String, String> start() {
        int port = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return Map.of("apprentice.judge.ollama.url", "http://127.0.0.1:" + port);
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/api/chat" -> answerInTime(request);
            case "/worked" -> {
                request.response().end(Long.toString(last - first));
                first = 0;
            }
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void answerInTime(HttpServerRequest request) {
        long begun = System.nanoTime();
        first = first == 0 ? begun : first;
        request.bodyHandler(body -> {
            long left = milliseconds(body.getBytes()) - (System.nanoTime() - begun) / 1_000_000;
            vertx.setTimer(Math.max(1, left), timer -> {
                request.response().putHeader("Content-Type", "application/json").end(ANSWER);
                last = System.nanoTime();
            });
        });
    }

    private static long milliseconds(byte[] question) {
        try {
            String model = Json.MAPPER.readTree(question).get("model").textValue();
            return Long.parseLong(model.replaceAll("\\D", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
