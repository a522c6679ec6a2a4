package dev.apprentice.inference.models;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Holds at most a given number of values that are expensive to make and must be closed, and lends them out.
 *
 * <p>A value that is lent is never closed. Where the room is taken, the value least recently borrowed and now returned goes
 * first; if all are lent, a borrower of another waits. Borrowers hold one loan at a time, so waiting always ends. A value is
 * made outside the lock: a borrower of another value is not held up.
 */
final class LendingCache<K, V extends AutoCloseable> implements AutoCloseable {

    /** A value lent; closing it gives the value back. */
    interface Loan<V> extends AutoCloseable {

        V value();

        @Override
        void close();
    }

    private static final class Entry<V> {
        private final CompletableFuture<V> value = new CompletableFuture<>();
        private int loans;
    }

    private final int capacity;
    private final Function<K, V> maker;

    /** In order of use, the least recent first. Guarded by this. */
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

    LendingCache(int capacity, Function<K, V> maker) {
        this.capacity = capacity;
        this.maker = maker;
    }

    /** The value for this key, made if it is not there. What the maker throws is thrown to all who wait for that value. */
    Loan<V> borrow(K key) throws InterruptedException {
        boolean mine;
        Entry<V> entry;
        synchronized (this) {
            entry = entries.get(key);
            while (entry == null && !makeRoom()) {
                wait();
                entry = entries.get(key);
            }
            mine = entry == null;
            if (mine) {
                entry = new Entry<>();
                entries.put(key, entry);
            }
            entry.loans++;
        }
        if (mine) {
            make(key, entry);
        }
        return await(key, entry);
    }

    /** How many values there are, those being made included. */
    synchronized int size() {
        return entries.size();
    }

    private void make(K key, Entry<V> entry) {
        try {
            entry.value.complete(maker.apply(key));
        } catch (RuntimeException | Error e) {
            entry.value.completeExceptionally(e);
        }
    }

    private Loan<V> await(K key, Entry<V> entry) throws InterruptedException {
        try {
            V value = entry.value.join();
            return new Loan<>() {
                @Override
                public V value() {
                    return value;
                }

                @Override
                public void close() {
                    giveBack(entry);
                }
            };
        } catch (CompletionException e) {
            forget(key, entry);
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    private synchronized void giveBack(Entry<V> entry) {
        entry.loans--;
        notifyAll();
    }

    private synchronized void forget(K key, Entry<V> entry) {
        entries.remove(key, entry);
        notifyAll();
    }

    /** Whether there is room for one more, after closing one that is not lent if need be. */
    private boolean makeRoom() {
        if (entries.size() < capacity) {
            return true;
        }
        Iterator<Entry<V>> leastRecentFirst = entries.values().iterator();
        while (leastRecentFirst.hasNext()) {
            Entry<V> entry = leastRecentFirst.next();
            if (entry.loans == 0) {
                leastRecentFirst.remove();
                close(entry);
                return true;
            }
        }
        return false;
    }

    private static <V extends AutoCloseable> void close(Entry<V> entry) {
        try {
            entry.value.join().close();
        } catch (Exception e) {
            throw new IllegalStateException("a held value could not be closed", e);
        }
    }

    /** Closes what is not lent. */
    @Override
    public synchronized void close() {
        entries.values().removeIf(entry -> {
            if (entry.loans > 0) {
                return false;
            }
            close(entry);
            return true;
        });
    }
}
