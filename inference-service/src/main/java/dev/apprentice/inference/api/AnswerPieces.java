package dev.apprentice.inference.api;

import dev.apprentice.model.generation.TextListener;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An answer's pieces on their way from the model's thread to the one that writes them. They are as many as tokens at most, so
 * a slow reader holds nothing up.
 */
final class AnswerPieces implements TextListener {

    /** Empty is the end. */
    private final BlockingQueue<Optional<String>> pieces = new LinkedBlockingQueue<>();

    private final CountDownLatch first = new CountDownLatch(1);
    private volatile boolean wanted = true;

    @Override
    public boolean onText(int row, String text) {
        put(Optional.of(text));
        return wanted;
    }

    /** No piece follows once this is done. */
    void endWith(CompletableFuture<?> answer) {
        answer.whenComplete((done, failure) -> put(Optional.empty()));
    }

    /** Waits until there is a piece, or the end. */
    void awaitFirst() throws InterruptedException {
        first.await();
    }

    /** Waits for the next piece; empty at the end. */
    Optional<String> next() throws InterruptedException {
        return pieces.take();
    }

    /** The client has gone: the model stops at its next token. */
    void cancel() {
        wanted = false;
    }

    private void put(Optional<String> piece) {
        pieces.add(piece);
        first.countDown();
    }
}
