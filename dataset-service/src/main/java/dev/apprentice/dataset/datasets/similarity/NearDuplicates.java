package dev.apprentice.dataset.datasets.similarity;

import dev.apprentice.dataset.datasets.example.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Finds, for some examples, the one of many others that is most like them. {@link MinHash} says which may be alike, their
 * {@link Shingles} say how much they are: instruction, input and answer each have to reach the threshold.
 *
 * <p>Keeps some kilobytes of each example that is looked for, and nothing of the others.
 */
public final class NearDuplicates {

    /** So many examples are looked for; more would not fit into a service's memory. */
    public static final int MOST = 20_000;

    /** So many characters the examples that are looked for have together, but for the last of them. */
    public static final long MOST_CHARACTERS = 16_000_000;

    /** Of one example, at most so many are looked at that may be like it: where all ask about one text, each is like each. */
    private static final int MOST_CANDIDATES = 256;

    /** The bits of an example's place. */
    private static final int MASK = (1 << 15) - 1;

    /** The bits of a key's beginning. */
    private static final int BEGINNING = 18;

    private final double threshold;
    private final List<Shingles> sought;
    private final long[][] bands;
    /** Of each band, the bits at the beginnings of its keys: most others have none of them, and need not be looked up. */
    private final long[][] beginnings;
    private final Match[] best;

    /**
     * An example and how like the one it was compared with.
     *
     * @param id the other's
     * @param similarity from the threshold to 1
     */
    public record Match(String id, double similarity) {}

    /** @param examples to look for, at most {@value #MOST} */
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
     * What is like the one at a place among those that are looked for.
     *
     * @param place from 0
     */
    public record Found(int place, Match match) {}

    /** Compares others with those that are looked for. By several threads, if need be. */
    public List<Found> compare(List<Example> others) {
        List<Found> found = new ArrayList<>();
        for (Example other : others) {
            compare(other, found);
        }
        return found;
    }

    private void compare(Example example, List<Found> found) {
        int[] signature = MinHash.signature(Shingles.subject(example), bands.length);
        Shingles other = null; // most are like none of those that are looked for
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

    /** Keeps what is most like each; of several that are equally so, what is kept first. By one thread. */
    public void keep(List<Found> found) {
        for (Found one : found) {
            Match known = best[one.place()];
            if (known == null || known.similarity() < one.match().similarity()) {
                best[one.place()] = one.match();
            }
        }
    }

    /** What is kept as most like each that was looked for, in their order. */
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

    /** All of a hash but the bits that an example's place takes. */
    private static long key(long hash) {
        return hash & ~(long) MASK;
    }
}
