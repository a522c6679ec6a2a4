package dev.apprentice.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

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
    private final Queue<AsyncWork<R>> underWay = new ArrayDeque<>();

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
        underWay.add(AsyncWork.begin(() -> work.on(thing)));
    }

    /** Waits until all that was added is handed on. */
    public void finish() throws IOException {
        while (!underWay.isEmpty()) {
            handOn();
        }
    }

    /** Works on what nothing has begun with while the first is worked on. */
    private void handOn() throws IOException {
        boolean helps = true;
        while (helps && !underWay.peek().isDone()) {
            helps = underWay.stream().anyMatch(AsyncWork::doHere);
        }
        sink.take(underWay.remove().result());
    }

    /** Leaves out what is not handed on, and waits until none of it is worked on. */
    @Override
    public void close() {
        underWay.forEach(AsyncWork::cancel);
        underWay.forEach(AsyncWork::close);
        underWay.clear();
    }
}
