package dev.apprentice.inference.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.inference.models.GeneratedAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AnswerEventsTest {

    private static final Checkpoint CHECKPOINT = new Checkpoint("r", 3, 1, false, "/models/r", "sha256:0", Optional.empty(),
            Optional.empty(), 0, 0, "alpaca", Instant.EPOCH);

    private final AnswerPieces pieces = new AnswerPieces();
    private final CompletableFuture<GeneratedAnswer> answer = new CompletableFuture<>();

    @Test
    void theModelStopsWhenTheReaderHasGone() {
        assertThat(pieces.onText(0, "one")).isTrue();
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int any) throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatThrownBy(() -> new AnswerEvents(CHECKPOINT, pieces, answer).write(gone)).hasMessage("connection reset");

        assertThat(pieces.onText(0, "two")).isFalse();
    }

    @Test
    void anAnswerThatBreaksOffEndsWithTheReason() throws IOException {
        pieces.endWith(answer);
        pieces.onText(0, "one");
        answer.completeExceptionally(new IllegalStateException("the device is gone"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new AnswerEvents(CHECKPOINT, pieces, answer).write(out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("event: text\ndata: {\"text\":\"one\"}\n\n")
                .contains("event: error\n", "\"detail\":\"the device is gone\"");
    }
}
