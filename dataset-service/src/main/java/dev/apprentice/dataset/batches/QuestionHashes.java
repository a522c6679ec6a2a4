package dev.apprentice.dataset.batches;

import dev.apprentice.dataset.datasets.example.Example;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What each example of a dataset asks, in their order: 64 bits of a hash of instruction and input, so 8 bytes an example. Two
 * of a billion questions have one hash with a probability of 3 %; they are then kept in one split, which does no harm.
 */
final class QuestionHashes {

    private static final int FIRST_CAPACITY = 1 << 10;

    private long[] hashes = new long[FIRST_CAPACITY];
    private int size;

    void add(long question) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        hashes[size++] = question;
    }

    /** What an example asks. */
    static long of(Example example) {
        return example.questionHash();
    }

    /** How many examples there are. */
    int size() {
        return size;
    }

    /** Those from a place on. */
    QuestionHashes from(int first) {
        if (first == 0) {
            return this;
        }
        QuestionHashes rest = new QuestionHashes();
        rest.hashes = Arrays.copyOfRange(hashes, first, Math.max(first + 1, size));
        rest.size = size - first;
        return rest;
    }

    /** @param index an example's place, from 0 */
    long at(int index) {
        return hashes[index];
    }

    /** How often each question is asked that is asked more than once. */
    Map<Long, Integer> repeated() {
        long[] sorted = Arrays.copyOf(hashes, size);
        Arrays.sort(sorted);
        Map<Long, Integer> repeated = new HashMap<>();
        for (int i = 1; i < size; i++) {
            if (sorted[i] == sorted[i - 1]) {
                repeated.merge(sorted[i], 1, Integer::sum);
            }
        }
        repeated.replaceAll((question, again) -> again + 1);
        return repeated;
    }
}
