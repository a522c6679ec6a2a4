package dev.apprentice.dataset.datasets.similarity;

import dev.apprentice.dataset.datasets.example.Example;
import java.util.ArrayList;
import java.util.Arrays;
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

    private final double threshold;
    private final List<Shingles> sought;
    private final long[][] bands;
    private final Match[] best;
    private final int[] seenFor;
    private int compared;

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
        this.bands = new long[MinHash.BANDS][sought.size()];
        this.best = new Match[sought.size()];
        this.seenFor = new int[sought.size()];
        for (int i = 0; i < sought.size(); i++) {
            int[] signature = MinHash.signature(sought.get(i).subject());
            for (int band = 0; band < MinHash.BANDS; band++) {
                bands[band][i] = key(MinHash.band(signature, band)) | i;
            }
        }
        for (long[] band : bands) {
            Arrays.sort(band);
        }
    }

    /** Compares others with those that are looked for. */
    public void compare(List<Example> others) {
        List<Hashed> hashed = others.parallelStream().map(Hashed::of).toList();
        for (int i = 0; i < hashed.size(); i++) {
            compare(others.get(i).id(), hashed.get(i));
        }
    }

    private record Hashed(Shingles shingles, int[] signature) {

        static Hashed of(Example example) {
            Shingles shingles = Shingles.of(example);
            return new Hashed(shingles, MinHash.signature(shingles.subject()));
        }
    }

    private void compare(String id, Hashed other) {
        compared++;
        int candidates = 0;
        for (int band = 0; band < MinHash.BANDS && candidates < MOST_CANDIDATES; band++) {
            long key = key(MinHash.band(other.signature, band));
            int from = Arrays.binarySearch(bands[band], key);
            for (int at = from < 0 ? -from - 1 : from;
                    at < sought.size() && key(bands[band][at]) == key && candidates < MOST_CANDIDATES;
                    at++) {
                int candidate = (int) bands[band][at] & MASK;
                if (seenFor[candidate] != compared) {
                    seenFor[candidate] = compared;
                    candidates++;
                    keepIfAlike(candidate, id, other.shingles);
                }
            }
        }
    }

    private void keepIfAlike(int candidate, String id, Shingles other) {
        double similarity = sought.get(candidate).similarity(other);
        if (similarity >= threshold && (best[candidate] == null || best[candidate].similarity < similarity)) {
            best[candidate] = new Match(id, similarity);
        }
    }

    /** What is most like each that was looked for, in their order. */
    public List<Optional<Match>> found() {
        List<Optional<Match>> found = new ArrayList<>();
        for (Match match : best) {
            found.add(Optional.ofNullable(match));
        }
        return found;
    }


    /** All of a hash but the bits that an example's place takes. */
    private static long key(long hash) {
        return hash & ~(long) MASK;
    }
}
