package dev.apprentice.dataset.batches;

import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.table.Longs;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;

/**
 * Hashes of the questions that a run's examples ask, in order: 64 bits of a hash of instruction and input. Among a billion
 * questions, two have equal hashes with a probability of 3 %. Both are then kept in one split, which does no harm.
 */
final class QuestionHashes {

    private final Longs hashes;

    QuestionHashes(Scratch scratch) {
        this.hashes = scratch.longs();
    }

    void add(long question) throws IOException {
        hashes.add(question);
    }

    /** Returns the hash of an example's question. */
    static long of(Example example) {
        return example.questionHash();
    }

    /** Returns the number of examples. */
    int size() {
        return Math.toIntExact(hashes.size());
    }

    /** @param index an example's place, from 0 */
    long at(int index) {
        return hashes.get(index);
    }
}
