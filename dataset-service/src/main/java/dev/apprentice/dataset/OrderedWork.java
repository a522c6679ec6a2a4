package dev.apprentice.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Works on items in parallel on all cores, and passes the results on in the order of the items. The number of items in flight is
 * bounded; a caller that adds more waits, and works meanwhile.
 *
 * <p>Not thread-safe: one thread adds the items and receives the results. No work runs any more once this is closed.
 */
public final class OrderedWork<T, R> implements Closeable {

    /** The largest number of items in flight. */
    private static final int MOST = Math.min(16, 2 * Runtime.getRuntime().availableProcessors());

    private final Work<T, R> work;
    private final Sink<R> sink;
    private final Queue<AsyncWork<R>> underWay = new ArrayDeque<>();

    /** The work on each item. */
    @FunctionalInterface
    public interface Work<T, R> {

        R on(T thing) throws IOException;
    }

    /** Receives the results. */
    @FunctionalInterface
    public interface Sink<R> {

        void take(R result) throws IOException;
    }

    /** @param work may run in any order and concurrently, and may fail */
    public OrderedWork(Work<T, R> work, Sink<R> sink) {
        this.work = work;
        this.sink = sink;
    }

    /** Adds an item; fails as an earlier item's work did, or as the sink did. */
    public void add(T thing) throws IOException {
        while (underWay.size() >= MOST || !underWay.isEmpty() && underWay.peek().isDone()) {
            handOn();
        }
        underWay.add(AsyncWork.begin(() -> work.on(thing)));
    }

    /** Waits until all results are passed on. */
    public void finish() throws IOException {
        while (!underWay.isEmpty()) {
            handOn();
        }
    }

    /** Passes the first result on. While that item is in progress elsewhere, this thread works on items that have not started. */
    private void handOn() throws IOException {
        boolean helps = true;
        while (helps && !underWay.peek().isDone()) {
            helps = underWay.stream().anyMatch(AsyncWork::doHere);
        }
        sink.take(underWay.remove().result());
    }

    /** Discards what has not been passed on, and waits until no work runs. */
    @Override
    public void close() {
        underWay.forEach(AsyncWork::cancel);
        underWay.forEach(AsyncWork::close);
        underWay.clear();
    }
}
