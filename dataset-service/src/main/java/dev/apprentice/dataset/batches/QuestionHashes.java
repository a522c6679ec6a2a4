package dev.apprentice.dataset.batches;

import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.table.LongMap;
import dev.apprentice.dataset.table.Longs;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;

/**
 * What each example of a dataset asks, in their order: 64 bits of a hash of instruction and input. Two of a billion questions have one
 * hash with a probability of 3 %; they are then kept in one split, which does no harm.
 */
final class QuestionHashes {

    private final Scratch scratch;
    private final Longs hashes;
    private final int first;

    QuestionHashes(Scratch scratch) {
        this(scratch, scratch.longs(), 0);
    }

    private QuestionHashes(Scratch scratch, Longs hashes, int first) {
        this.scratch = scratch;
        this.hashes = hashes;
        this.first = first;
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
        return Math.toIntExact(hashes.size()) - first;
    }

    /** Those from a place on. */
    QuestionHashes from(int place) {
        return new QuestionHashes(scratch, hashes, first + place);
    }

    /** @param index an example's place, from 0 */
    long at(int index) {
        return hashes.get(first + index);
    }

    /** How often each question is asked, which is the caller's to change. */
    LongMap times() throws IOException {
        LongMap times = scratch.map();
        for (int i = 0; i < size(); i++) {
            times.put(at(i), times.get(at(i)) + 1);
        }
        return times;
    }
}
