package dev.apprentice.dataset.datasets.similarity;

import dev.apprentice.dataset.datasets.example.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Finds the most similar of many other examples for each sought example. {@link MinHash} selects candidates, and their
 * {@link Shingles} give the similarity: instruction, input and answer must each reach the threshold.
 *
 * <p>Keeps some kilobytes for each sought example, and nothing for the others.
 */
public final class NearDuplicates {

    /** The largest number of sought examples; more would not fit into a service's memory. */
    public static final int MOST = 20_000;

    /** The number of characters of sought examples after which no more are added. */
    public static final long MOST_CHARACTERS = 16_000_000;

    /** The largest number of candidates for one example: if all ask about one text, each is similar to all others. */
    private static final int MOST_CANDIDATES = 256;

    /** The bits of a sought example's index. */
    private static final int MASK = (1 << 15) - 1;

    /** The number of leading bits of a key that are looked up first. */
    private static final int BEGINNING = 18;

    private final double threshold;
    private final List<Shingles> sought;
    private final long[][] bands;
    /** For each band, a bit set of its keys' leading bits. Most other examples match none, which saves a lookup. */
    private final long[][] beginnings;
    private final Match[] best;

    /**
     * A similar example.
     *
     * @param id its id
     * @param similarity from the threshold to 1
     */
    public record Match(String id, double similarity) {}

    /** @param examples the sought ones, at most {@value #MOST} */
    public NearDuplicates(double threshold, List<Example> examples) {
        this.threshold = threshold;
        this.sought = examples.parallelStream().map(Shingles::of).toList();
        int used = MinHash.bandsFor(threshold);
        this.bands = new long[used][sought.size()];
        this.beginnings = new long[used][1 << BEGINNING - 6];
        this.best = new Match[sought.size()];
        for (int i = 0; i < sought.size(); i++) {
            int[] signature = MinHash.signature(Shingles.subject(examples.get(i)), used);
            for (int band = 0; band < used; band++) {
                long key = key(MinHash.band(signature, band));
                bands[band][i] = key | i;
                beginnings[band][beginning(key) >> 6] |= 1L << beginning(key);
            }
        }
        for (long[] band : bands) {
            Arrays.sort(band);
        }
    }

    /**
     * A match for a sought example.
     *
     * @param place index of the sought example, from 0
     */
    public record Found(int place, Match match) {}

    /** Compares other examples with the sought ones. Thread-safe. */
    public List<Found> compare(List<Example> others) {
        List<Found> found = new ArrayList<>();
        for (Example other : others) {
            compare(other, found);
        }
        return found;
    }

    private void compare(Example example, List<Found> found) {
        int[] signature = MinHash.signature(Shingles.subject(example), bands.length);
        Shingles other = null; // computed when needed, since most examples have no candidates
        BitSet seen = new BitSet();
        int candidates = 0;
        for (int band = 0; band < bands.length && candidates < MOST_CANDIDATES; band++) {
            long key = key(MinHash.band(signature, band));
            if ((beginnings[band][beginning(key) >> 6] & 1L << beginning(key)) == 0) {
                continue;
            }
            int from = Arrays.binarySearch(bands[band], key);
            for (int at = from < 0 ? -from - 1 : from;
                    at < sought.size() && key(bands[band][at]) == key && candidates < MOST_CANDIDATES;
                    at++) {
                int candidate = (int) bands[band][at] & MASK;
                if (!seen.get(candidate)) {
                    seen.set(candidate);
                    candidates++;
                    other = other == null ? Shingles.of(example) : other;
                    double similarity = sought.get(candidate).similarity(other, threshold);
                    if (similarity >= threshold) {
                        found.add(new Found(candidate, new Match(example.id(), similarity)));
                    }
                }
            }
        }
    }

    /** Keeps the best match of each sought example; of equal ones, the first. Not thread-safe. */
    public void keep(List<Found> found) {
        for (Found one : found) {
            Match known = best[one.place()];
            if (known == null || known.similarity() < one.match().similarity()) {
                best[one.place()] = one.match();
            }
        }
    }

    /** Returns the best match of each sought example, in their order. */
    public List<Optional<Match>> found() {
        List<Optional<Match>> found = new ArrayList<>();
        for (Match match : best) {
            found.add(Optional.ofNullable(match));
        }
        return found;
    }

    private static int beginning(long key) {
        return (int) (key >>> Long.SIZE - BEGINNING);
    }

    /** Returns a hash without the bits that hold an example's index. */
    private static long key(long hash) {
        return hash & ~(long) MASK;
    }
}
