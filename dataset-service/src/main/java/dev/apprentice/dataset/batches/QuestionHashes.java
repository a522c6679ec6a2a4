package dev.apprentice.dataset.batches;

import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.table.Longs;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;

/**
 * What each example of a dataset asks, in their order: 64 bits of a hash of instruction and input. Two of a billion questions have one
 * hash with a probability of 3 %; they are then kept in one split, which does no harm.
 */
final class QuestionHashes {

    private final Longs hashes;

    QuestionHashes(Scratch scratch) {
        this.hashes = scratch.longs();
    }

    void add(long question) throws IOException {
        hashes.add(question);
    }

    /** What an example asks. */
    static long of(Example example) {
        return example.questionHash();
    }

    /** How many examples there are. */
    int size() {
        return Math.toIntExact(hashes.size());
    }

    /** @param index an example's place, from 0 */
    long at(int index) {
        return hashes.get(index);
    }
}
