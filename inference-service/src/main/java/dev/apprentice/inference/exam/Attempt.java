package dev.apprentice.inference.exam;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A batch that is to be answered at some time.
 *
 * @param number counted from 1
 * @param due in the scale of {@link System#nanoTime()}
 */
record Attempt(PromptBatch batch, int number, long due) implements Comparable<Attempt> {

    static Attempt first(PromptBatch batch) {
        return new Attempt(batch, 1, System.nanoTime());
    }

    Attempt next(Duration wait) {
        return new Attempt(batch, number + 1, System.nanoTime() + wait.toNanos());
    }

    void awaitDue() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
    }

    @Override
    public int compareTo(Attempt other) {
        return Long.compare(due - other.due, 0);
    }
}
