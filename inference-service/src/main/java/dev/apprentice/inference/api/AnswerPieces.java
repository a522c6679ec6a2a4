package dev.apprentice.inference.api;

import dev.apprentice.model.generation.TextListener;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Queue of an answer's pieces, from the model's thread to the thread that writes them. It holds at most one piece per token, so
 * it needs no limit, and a slow reader blocks nothing.
 */
final class AnswerPieces implements TextListener {

    /** An empty element marks the end. */
    private final BlockingQueue<Optional<String>> pieces = new LinkedBlockingQueue<>();

    private final CountDownLatch first = new CountDownLatch(1);
    private volatile boolean wanted = true;

    @Override
    public boolean onText(int row, String text) {
        put(Optional.of(text));
        return wanted;
    }

    /** Puts the end after the last piece, when the answer is done. */
    void endWith(CompletableFuture<?> answer) {
        answer.whenComplete((done, failure) -> put(Optional.empty()));
    }

    /** Waits until there is a piece or the end. */
    void awaitFirst() throws InterruptedException {
        first.await();
    }

    /** Waits for the next piece; empty at the end. */
    Optional<String> next() throws InterruptedException {
        return pieces.take();
    }

    /** Makes the model stop at its next token, because the client has gone. */
    void cancel() {
        wanted = false;
    }

    private void put(Optional<String> piece) {
        pieces.add(piece);
        first.countDown();
    }
}
