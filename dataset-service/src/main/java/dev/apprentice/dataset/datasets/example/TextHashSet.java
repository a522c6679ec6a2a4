package dev.apprentice.dataset.datasets.example;

/**
 * How many different texts there were, in 11 to 21 bytes each: a hash table with linear probing of 64 bits of their
 * hashes, of which two of a billion texts agree with a probability of 3 %.
 */
public final class TextHashSet {

    private static final int FIRST_CAPACITY = 1 << 10;

    private long[] slots = new long[FIRST_CAPACITY];
    private int size;

    /**
     * Whether it was not there yet.
     *
     * @param text its hash; see {@link TextHash}
     */
    public boolean add(long text) {
        long hash = text == 0 ? 1 : text; // 0 is an empty slot
        boolean isNew = put(slots, hash);
        if (isNew && ++size > slots.length / 4 * 3) {
            long[] larger = new long[slots.length * 2];
            for (long one : slots) {
                if (one != 0) {
                    put(larger, one);
                }
            }
            slots = larger;
        }
        return isNew;
    }

    private static boolean put(long[] slots, long hash) {
        int place = (int) (hash & slots.length - 1);
        while (slots[place] != 0) {
            if (slots[place] == hash) {
                return false;
            }
            place = place + 1 & slots.length - 1;
        }
        slots[place] = hash;
        return true;
    }

    public int size() {
        return size;
    }
}
