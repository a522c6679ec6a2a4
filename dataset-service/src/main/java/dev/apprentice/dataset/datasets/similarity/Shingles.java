package dev.apprentice.dataset.datasets.similarity;

import dev.apprentice.contracts.event.Turn;
import dev.apprentice.dataset.datasets.example.Example;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An example as three sets, of its instruction, its input and its answer: every {@value #LENGTH} characters that follow each other
 * (shingles), as hashes in ascending order. Case, punctuation and spaces make no difference; a part shorter than a shingle is one.
 *
 * <pre>
 * "Sing, now!"   sing·  ing·n  ng·no  g·now
 * </pre>
 */
final class Shingles {

    static final int LENGTH = 5;

    /** What stands behind so many characters of a part is not looked at. */
    private static final int LONGEST_PART = 5_000;

    private static final int BASE = 0x01000193;

    /** More than floating point loses of a product of sizes. */
    private static final double ROUNDING = 1e-6;

    private final int[] instruction;
    private final int[] input;
    private final int[] answer;

    private Shingles(int[] instruction, int[] input, int[] answer) {
        this.instruction = instruction;
        this.input = input;
        this.answer = answer;
    }

    static Shingles of(Example example) {
        return example.isText()
                ? new Shingles(of(asked(example)), new int[0], new int[0])
                : new Shingles(of(asked(example)), of(example.input()), of(example.output()));
    }

    /**
     * How alike two examples are, 0 to 1: the Jaccard similarity of the parts that are least alike. Two empty parts are alike.
     *
     * @param least 0 is said of examples that are less alike than this
     */
    double similarity(Shingles other, double least) {
        if (most(input, other.input) < least || most(answer, other.answer) < least || most(instruction, other.instruction) < least) {
            return 0;
        }
        double similarity = jaccard(input, other.input, least);
        similarity = similarity < least ? 0 : Math.min(similarity, jaccard(answer, other.answer, least));
        similarity = similarity < least ? 0 : Math.min(similarity, jaccard(instruction, other.instruction, least));
        return similarity < least ? 0 : similarity;
    }

    /** The similarity that two sets have at most, by their sizes. */
    private static double most(int[] one, int[] other) {
        int larger = Math.max(one.length, other.length);
        return larger == 0 ? 1 : (double) Math.min(one.length, other.length) / larger;
    }

    /**
     * The hashes of the part by which examples that are alike are found: what is asked about, or the question where that says all.
     * They are in no order, and may come twice, which makes no difference to a signature.
     */
    static int[] subject(Example example) {
        int[] input = example.isText() ? new int[0] : hashes(plain(example.input()));
        return input.length > 0 ? input : hashes(plain(asked(example)));
    }

    private static String asked(Example example) {
        if (example.isText()) {
            return example.instruction() + example.output();
        }
        return example.turns().isEmpty()
                ? example.instruction()
                : example.turns().stream().map(Turn::content).collect(Collectors.joining(" "));
    }

    /**
     * The Jaccard similarity of two sets in ascending order; 0 as soon as so many elements have no counterpart that it is below the least. It
     * is s where s/(1+s) of both sizes together are common elements.
     */
    static double jaccard(int[] one, int[] other, double least) {
        int needed = (int) Math.ceil(least * (one.length + other.length) / (1 + least) - ROUNDING);
        int common = 0;
        for (int i = 0, j = 0; i < one.length && j < other.length; ) {
            int order = Integer.compare(one[i], other[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            if (common + Math.min(one.length - i, other.length - j) < needed) {
                return 0;
            }
        }
        int all = one.length + other.length - common;
        return all == 0 ? 1 : (double) common / all;
    }

    static int[] of(String text) {
        int[] hashes = hashes(plain(text));
        if (hashes.length == 0) {
            return hashes;
        }
        Arrays.sort(hashes);
        int different = 1;
        for (int i = 1; i < hashes.length; i++) {
            if (hashes[i] != hashes[i - 1]) {
                hashes[different++] = hashes[i];
            }
        }
        return Arrays.copyOf(hashes, different);
    }

    private static int[] hashes(char[] plain) {
        if (plain.length == 0) {
            return new int[0];
        }
        int[] hashes = new int[Math.max(1, plain.length - LENGTH + 1)];
        for (int from = 0; from < hashes.length; from++) {
            int hash = 0;
            for (int i = from; i < Math.min(plain.length, from + LENGTH); i++) {
                hash = (hash ^ plain[i]) * BASE;
            }
            hashes[from] = hash;
        }
        return hashes;
    }

    /** Letters and digits in lower case, and one space for all that stands between them. */
    private static char[] plain(String text) {
        String lower = text.substring(0, Math.min(text.length(), LONGEST_PART)).toLowerCase(Locale.ROOT);
        char[] plain = new char[lower.length()];
        int length = 0;
        for (int i = 0; i < lower.length(); i++) {
            char each = lower.charAt(i);
            boolean counts = Character.isLetterOrDigit(each) || Character.isSurrogate(each);
            if (counts) {
                plain[length++] = each;
            } else if (length > 0 && plain[length - 1] != ' ') {
                plain[length++] = ' ';
            }
        }
        length -= length > 0 && plain[length - 1] == ' ' ? 1 : 0;
        return Arrays.copyOf(plain, length);
    }
}
