package dev.apprentice.dataset.datasets.example;

import dev.apprentice.dataset.table.LongMap;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;

/**
 * A map from ids to the entries that have them, keyed by 64-bit hashes. Among ten million ids, two have equal hashes with a
 * probability of 0.0003 %.
 */
public final class IdTable {

    private static final int SECOND = 2;
    private static final long ENTRY = 0xffff_ffffL;

    /** For each id, the lower half holds the entry, counted from 1; the upper half, how often the id was taken again. */
    private final LongMap entries;

    public IdTable(Scratch scratch) {
        entries = scratch.map();
    }

    /** Returns the entry that has this id already, or -1 if there was none, and gives it to this entry. */
    public int putIfAbsent(String id, int entry) throws IOException {
        long hash = TextHash.of(id);
        long known = entries.get(hash);
        if (known == 0) {
            entries.put(hash, entry + 1L);
        }
        return (int) (known & ENTRY) - 1;
    }

    /** Gives the entry an id: this one, or if it is taken the first free one of {@code id-2}, {@code id-3} … @return the id */
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
