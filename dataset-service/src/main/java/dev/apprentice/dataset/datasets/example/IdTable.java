package dev.apprentice.dataset.datasets.example;

/**
 * The ids of an upload and the entries that have them, in 16 to 32 bytes each instead of the 150 of a map of texts: a hash table
 * with linear probing of 64 bits of their hashes, of which two of ten million ids agree with a probability of 0.0003 %.
 */
public final class IdTable {

    private static final int FIRST_CAPACITY = 1 << 10;

    private long[] hashes = new long[FIRST_CAPACITY];
    private int[] entries = new int[FIRST_CAPACITY];
    private int size;

    /** The entry that has this id already; -1 where there was none, and now this one has it. */
    public int putIfAbsent(String id, int entry) {
        long hash = TextHash.of(id);
        hash = hash == 0 ? 1 : hash; // 0 is an empty slot
        int place = place(hash);
        if (hashes[place] != 0) {
            return entries[place];
        }
        put(place, hash, entry);
        if (++size > hashes.length / 4 * 3) {
            grow();
        }
        return -1;
    }

    private int place(long hash) {
        int place = (int) (hash & hashes.length - 1);
        while (hashes[place] != 0 && hashes[place] != hash) {
            place = place + 1 & hashes.length - 1;
        }
        return place;
    }

    private void put(int place, long hash, int entry) {
        hashes[place] = hash;
        entries[place] = entry;
    }

    private void grow() {
        long[] known = hashes;
        int[] of = entries;
        hashes = new long[known.length * 2];
        entries = new int[known.length * 2];
        for (int i = 0; i < known.length; i++) {
            if (known[i] != 0) {
                put(place(known[i]), known[i], of[i]);
            }
        }
    }
}
