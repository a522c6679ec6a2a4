package dev.apprentice.dataset.datasets.example;

import dev.apprentice.dataset.table.LongMap;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;

/**
 * The ids of an upload and the entries that have them, by 64 bits of their hashes, of which two of ten million ids agree with a
 * probability of 0.0003 %.
 */
public final class IdTable {

    private static final int SECOND = 2;
    private static final long ENTRY = 0xffff_ffffL;

    /** Of each id, the entry, counted from 1, in the lower half; in the upper, how often it was wanted again. */
    private final LongMap entries;

    public IdTable(Scratch scratch) {
        entries = scratch.map();
    }

    /** The entry that has this id already; -1 where there was none, and now this one has it. */
    public int putIfAbsent(String id, int entry) throws IOException {
        long hash = TextHash.of(id);
        long known = entries.get(hash);
        if (known == 0) {
            entries.put(hash, entry + 1L);
        }
        return (int) (known & ENTRY) - 1;
    }

    /** The id, or where an entry has it already the first of {@code id-2}, {@code id-3} … that none has; now this entry has that. */
    public String free(String id, int entry) throws IOException {
        if (putIfAbsent(id, entry) < 0) {
            return id;
        }
        long hash = TextHash.of(id);
        long known = entries.get(hash);
        long occurrence = SECOND + (known >>> Integer.SIZE);
        while (putIfAbsent(id + "-" + occurrence, entry) >= 0) {
            occurrence++;
        }
        entries.put(hash, occurrence - SECOND + 1 << Integer.SIZE | known & ENTRY);
        return id + "-" + occurrence;
    }
}
