package dev.apprentice.dataset.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * A map from 64-bit hashes to numbers: a hash table with linear probing, which takes 21 to 43 bytes of {@link Longs} for each
 * hash. Of a billion hashed keys, two have equal hashes with a probability of 3 %.
 *
 * <pre>
 * slots   hash, number, hash, number …
 * </pre>
 */
public final class LongMap implements Closeable {

    private static final int FIRST_CAPACITY = 1 << 9;

    private final Path folder;
    private Longs slots;
    private long capacity;
    private int size;

    /** @param folder for the file with what exceeds the heap's part */
    public LongMap(Path folder) {
        this.folder = folder;
        this.slots = new Longs(folder);
        this.capacity = FIRST_CAPACITY;
    }

    /** Returns the number of a hash; 0 if it has none. */
    public long get(long hash) {
        return slots.get(place(known(hash)) + 1);
    }

    /** Sets the number of a hash. @param number not 0 */
    public void put(long hash, long number) throws IOException {
        long key = known(hash);
        long place = place(key);
        boolean isNew = slots.get(place) == 0;
        slots.set(place, key);
        slots.set(place + 1, number);
        if (isNew && ++size > capacity / 4 * 3) {
            grow();
        }
    }

    /** Sets the number of a hash to 1, unless it has one. @return whether it had none */
    public boolean add(long hash) throws IOException {
        boolean isNew = get(hash) == 0;
        if (isNew) {
            put(hash, 1);
        }
        return isNew;
    }

    /** Returns how many hashes have a number. */
    public int size() {
        return size;
    }

    /** Passes the number of each hash on, in no particular order. */
    public void forEachNumber(LongConsumer numbers) {
        for (long place = 0; place < 2 * capacity; place += 2) {
            if (slots.get(place) != 0) {
                numbers.accept(slots.get(place + 1));
            }
        }
    }

    /** Replaces the hash 0, which marks an empty slot. */
    private static long known(long hash) {
        return hash == 0 ? 1 : hash;
    }

    /** Returns the place where the hash is, or would be inserted. */
    private long place(long key) {
        long slot = key & capacity - 1;
        while (slots.get(2 * slot) != 0 && slots.get(2 * slot) != key) {
            slot = slot + 1 & capacity - 1;
        }
        return 2 * slot;
    }

    private void grow() throws IOException {
        try (Longs before = slots) {
            long places = 2 * capacity;
            slots = new Longs(folder);
            slots.reserve(2 * places);
            capacity *= 2;
            for (long from = 0; from < places; from += 2) {
                long key = before.get(from);
                if (key != 0) {
                    long to = place(key);
                    slots.set(to, key);
                    slots.set(to + 1, before.get(from + 1));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        slots.close();
    }
}
