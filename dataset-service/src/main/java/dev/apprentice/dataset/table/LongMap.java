package dev.apprentice.dataset.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Numbers by the 64-bit hash of what they belong to: a hash table with linear probing, which takes 21 to 43 bytes of {@link Longs} for
 * each. Two of a billion hashes agree with a probability of 3 %.
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

    /** @param folder where to keep what memory is not to hold */
    public LongMap(Path folder) {
        this.folder = folder;
        this.slots = new Longs(folder);
        this.capacity = FIRST_CAPACITY;
    }

    /** The number of a hash; 0 where it has none. */
    public long get(long hash) {
        return slots.get(place(known(hash)) + 1);
    }

    /** Gives a hash a number. @param number not 0 */
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

    /** Gives a hash the number 1, unless it has one. @return whether it had none */
    public boolean add(long hash) throws IOException {
        boolean isNew = get(hash) == 0;
        if (isNew) {
            put(hash, 1);
        }
        return isNew;
    }

    /** How many hashes have a number. */
    public int size() {
        return size;
    }

    /** Hands on the number of each, in no order. */
    public void forEachNumber(LongConsumer numbers) {
        for (long place = 0; place < 2 * capacity; place += 2) {
            if (slots.get(place) != 0) {
                numbers.accept(slots.get(place + 1));
            }
        }
    }

    /** 0 is an empty slot. */
    private static long known(long hash) {
        return hash == 0 ? 1 : hash;
    }

    /** Where the hash is, or would be. */
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
