package dev.apprentice.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * Does work on one thing after another on all cores, and hands on what comes of each in the order in which they came. A bounded
 * number of things is held; who brings more waits, and works meanwhile.
 *
 * <p>To be used by one thread, which also hears what comes of it. Work is over once this is closed.
 */
public final class OrderedWork<T, R> implements Closeable {

    /** So much may wait for what comes before it. */
    private static final int MOST = Math.min(16, 2 * Runtime.getRuntime().availableProcessors());

    private final Work<T, R> work;
    private final Sink<R> sink;
    private final Queue<ForkJoinTask<Outcome<R>>> underWay = new ArrayDeque<>();
    private volatile boolean closed;

    /** What is done with each thing. */
    @FunctionalInterface
    public interface Work<T, R> {

        R on(T thing) throws IOException;
    }

    /** Takes what comes of the work. */
    @FunctionalInterface
    public interface Sink<R> {

        void take(R result) throws IOException;
    }

    /** A failure is kept apart, since a task's would be copied without its message. */
    private record Outcome<R>(R result, Throwable failure) {}

    /** @param work needs no order, and may fail */
    public OrderedWork(Work<T, R> work, Sink<R> sink) {
        this.work = work;
        this.sink = sink;
    }

    /** Adds a thing; fails as an earlier one's work did, or as the sink did. */
    public void add(T thing) throws IOException {
        while (underWay.size() >= MOST || !underWay.isEmpty() && underWay.peek().isDone()) {
            handOn();
        }
        underWay.add(ForkJoinPool.commonPool().submit(() -> outcome(thing)));
    }

    private Outcome<R> outcome(T thing) {
        try {
            return new Outcome<>(closed ? null : work.on(thing), null);
        } catch (IOException | RuntimeException | Error e) {
            return new Outcome<>(null, e);
        }
    }

    /** Waits until all that was added is handed on. */
    public void finish() throws IOException {
        while (!underWay.isEmpty()) {
            handOn();
        }
    }

    private void handOn() throws IOException {
        Outcome<R> outcome = underWay.remove().join(); // does the work itself where nothing has begun with it
        if (outcome.failure() instanceof IOException e) {
            throw e;
        }
        if (outcome.failure() instanceof RuntimeException e) {
            throw e;
        }
        if (outcome.failure() instanceof Error e) {
            throw e;
        }
        sink.take(outcome.result());
    }

    /** Leaves out what is not handed on, and waits until none of it is worked on. */
    @Override
    public void close() {
        closed = true;
        underWay.forEach(ForkJoinTask::quietlyJoin); // a cancelled task would count as done while it is still worked on
        underWay.clear();
    }
}
