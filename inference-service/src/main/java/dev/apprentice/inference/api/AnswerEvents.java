package dev.apprentice.inference.api;

import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.inference.models.GeneratedAnswer;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An answer as server-sent events.
 *
 * <pre>
 * event: model
 * data: {"run": "first", "step": 188}
 *
 * event: text
 * data: {"text": "The opposite"}
 *
 * event: answer
 * data: {"run": "first", "step": 188, "response": "The opposite …", …}
 * </pre>
 */
final class AnswerEvents implements StreamingOutput {

    private final Checkpoint checkpoint;
    private final AnswerPieces pieces;
    private final CompletableFuture<GeneratedAnswer> answer;

    AnswerEvents(Checkpoint checkpoint, AnswerPieces pieces, CompletableFuture<GeneratedAnswer> answer) {
        this.checkpoint = checkpoint;
        this.pieces = pieces;
        this.answer = answer;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        try {
            event(out, "model", Map.of("run", checkpoint.run(), "step", checkpoint.step()));
            for (Optional<String> piece = pieces.next(); piece.isPresent(); piece = pieces.next()) {
                event(out, "text", Map.of("text", piece.get()));
            }
            end(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the service stops");
        } finally {
            pieces.cancel();
        }
    }

    private void end(OutputStream out) throws IOException, InterruptedException {
        try {
            event(out, "answer", AskAnswer.of(checkpoint, Completed.of(answer)));
        } catch (RuntimeException e) {
            event(out, "error", Map.of("title", "The answer was interrupted", "detail", String.valueOf(e.getMessage())));
        }
    }

    private static void event(OutputStream out, String name, Object data) throws IOException {
        String json = Json.MAPPER.writeValueAsString(data);
        out.write(("event: " + name + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
