package dev.apprentice.dataset.datasets.similarity;

import dev.apprentice.contracts.event.Turn;
import dev.apprentice.dataset.datasets.example.Example;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The shingles of an example's instruction, input and answer: all sequences of {@value #LENGTH} characters, as three sets of
 * hashes in ascending order. Case, punctuation and spaces make no difference. A part shorter than a shingle is one shingle.
 *
 * <pre>
 * "Sing, now!"   sing·  ing·n  ng·no  g·now
 * </pre>
 */
final class Shingles {

    static final int LENGTH = 5;

    /** Number of characters of a part that are considered; the rest is ignored. */
    private static final int LONGEST_PART = 5_000;

    private static final int BASE = 0x01000193;

    /** An upper bound of the rounding error of a product of sizes. */
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
     * Returns the similarity of two examples, 0 to 1: the Jaccard similarity of the least similar parts. Two empty parts are
     * equal.
     *
     * @param least returns 0 for a similarity below this
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

    /** Returns an upper bound of the similarity of two sets, by their sizes. */
    private static double most(int[] one, int[] other) {
        int larger = Math.max(one.length, other.length);
        return larger == 0 ? 1 : (double) Math.min(one.length, other.length) / larger;
    }

    /**
     * Returns the hashes of the part by which candidates are found: the input, or the instruction if there is no input. They are
     * unordered and may repeat, which makes no difference to a signature.
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
     * Returns the Jaccard similarity of two sets in ascending order; 0 as soon as too few common elements remain for the least
     * similarity. A similarity s means that the common elements number s/(1+s) times the sum of both sizes.
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

    /** Returns letters and digits in lower case, with one space for anything between them. */
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
