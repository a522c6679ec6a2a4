package dev.apprentice.inference.models;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * A cache that lends out values which are expensive to make and must be closed. It holds at most a given number of them.
 *
 * <p>A value on loan is never closed. If the cache is full, it evicts the least recently used value that is not on loan; if all
 * are on loan, a borrower of another value waits. A borrower holds one loan at a time, so there is no deadlock. A value is made
 * outside the lock, which blocks no borrower of another value.
 */
final class LendingCache<K, V extends AutoCloseable> implements AutoCloseable {

    /** A value on loan; closing the loan returns the value. */
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

    /** In order of use, least recently used first. Guarded by this. */
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

    LendingCache(int capacity, Function<K, V> maker) {
        this.capacity = capacity;
        this.maker = maker;
    }

    /**
     * Borrows the value of this key, which is made if absent. An exception of the maker reaches all borrowers that wait for that
     * value.
     */
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

    /** Returns the number of values, including those being made. */
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

    /** Makes room for one more value, by evicting one that is not on loan if necessary. Returns false if all are on loan. */
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

    /** Closes all values that are not on loan. */
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
