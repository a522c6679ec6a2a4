package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.Shortened;
import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.contracts.event.Similar;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * A run's curriculum, ready to be published, with counts of its examples.
 *
 * @param curriculum its batches
 * @param train examples to learn from
 * @param test examples in the exam
 * @param validation examples to measure the loss on
 * @param overlong rows that were longer than the run allows
 * @param leftOut rows that are in no batch because of their length
 * @param repeats instructions given more than once, and held-out examples that are nearly training examples
 * @param packed a phrase about how texts fill rows together and about tools that are not learned; usually empty
 * @param first the first example as the model reads it
 * @param rows the files behind the batches, to be closed
 */
public record PreparedData(Curriculum curriculum, int train, int test, int validation, int overlong, int leftOut, Repeats repeats,
        String packed, String first, Closeable rows) implements Closeable {

    private static final int SHOWN = 1_000;

    /** Returns a sentence for the run's owner about the numbers of examples. */
    public String summary() {
        String sizes = train + (train == 1 ? " example" : " examples") + " to train on, " + test + " for the exam, " + validation + " to validate with";
        String lengths = overlong == 0 ? "" : "; " + overlong + " of them are too long, of which " + leftOut + " are left out";
        String words = repeats.inWords();
        return sizes + lengths + packed + (words.isEmpty() ? "" : "; " + words);
    }

    /** Returns a copy that includes the similar examples found. */
    PreparedData with(Similar similar) {
        Repeats all = new Repeats(repeats.examples(), repeats.repeated(), repeats.trainedTest(), repeats.leftOut(), repeats.asked(),
                Optional.of(similar));
        return new PreparedData(curriculum, train, test, validation, overlong, leftOut, all, packed, first, rows);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    /** Returns the first example as the model reads it, for the run's owner. */
    public String firstInWords() {
        return "the first example as the model reads it: " + Shortened.to(SHOWN, first);
    }
}
