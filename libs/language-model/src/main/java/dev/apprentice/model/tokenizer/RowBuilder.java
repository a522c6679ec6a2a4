package dev.apprentice.model.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns tokenised examples into rows: appends the end-of-text and fits each row to the maximum length.
 *
 * <p>All tokens of a row but the last are inputs, and a row may have {@code maxLength} inputs. With a length of 4, the end-of-text
 * 0 and the prompt's tokens 1 2 3:
 *
 * <pre>
 * tokens           1 2 3 7    1 2 3 7 8
 * TRUNCATE         1 2 3 7 0  1 2 3 7 8     the textbook's way: the end-of-text is lost
 * TERMINATE        1 2 3 7 0  1 2 3 7 0     the answer is truncated, but it ends
 * DROP             1 2 3 7 0  left out
 * </pre>
 */
public final class RowBuilder {

    /** What to do with a row that is too long. */
    public enum Overlong {
        TRUNCATE,
        DROP,
        TERMINATE
    }

    private final int endOfText;
    private final int maxLength;
    private final Overlong overlong;
    private final boolean answerOnly;
    private final AtomicInteger overlongRows = new AtomicInteger();
    private final AtomicInteger withoutTargets = new AtomicInteger();

    /**
     * @param endOfText the token that ends every row
     * @param maxLength the most inputs of a row
     * @param overlong what to do with a longer row
     * @param answerOnly whether only the answer's tokens are targets
     */
    public RowBuilder(int endOfText, int maxLength, Overlong overlong, boolean answerOnly) {
        this.endOfText = endOfText;
        this.maxLength = maxLength;
        this.overlong = overlong;
        this.answerOnly = answerOnly;
    }

    /** Returns the row; empty if it is dropped for its length or would have nothing to learn from. */
    public Optional<Row> build(TokenizedRow tokenized) {
        int[] whole = Arrays.copyOf(tokenized.ids(), tokenized.ids().length + 1);
        whole[whole.length - 1] = endOfText;
        if (whole.length - 1 <= maxLength) {
            return Optional.of(new Row(whole, tokenized.promptLength()));
        }
        overlongRows.incrementAndGet();
        if (overlong == Overlong.DROP) {
            return Optional.empty();
        }
        int[] cut = Arrays.copyOf(whole, maxLength + 1);
        int kept = cut.length;
        if (overlong == Overlong.TERMINATE) {
            cut[cut.length - 1] = endOfText;
            kept--;
        }
        if (answerOnly && kept <= tokenized.promptLength()) {
            withoutTargets.incrementAndGet(); // an end-of-text right after half a question would teach the model to say nothing
            return Optional.empty();
        }
        return Optional.of(new Row(cut, Math.min(tokenized.promptLength(), kept)));
    }

    /**
     * Splits a text of any length into rows. Each begins with the last token of the row before, so every token but the first is a
     * target exactly once.
     */
    public List<Row> pieces(TokenizedRow tokenized) {
        int[] whole = whole(tokenized).ids();
        List<Row> rows = new ArrayList<>();
        for (int start = 0; start < whole.length - 1; start += maxLength) {
            rows.add(new Row(Arrays.copyOfRange(whole, start, Math.min(start + maxLength + 1, whole.length)), 0));
        }
        return rows;
    }

    /** Returns a text of any length with its end-of-text as one row. */
    public Row whole(TokenizedRow tokenized) {
        int[] whole = Arrays.copyOf(tokenized.ids(), tokenized.ids().length + 1);
        whole[whole.length - 1] = endOfText;
        return new Row(whole, 0);
    }

    /** Returns the most inputs that a row may have. */
    public int maxLength() {
        return maxLength;
    }

    /** Tells whether the row is too long. */
    public boolean isTooLong(TokenizedRow tokenized) {
        return tokenized.ids().length > maxLength;
    }

    /** Returns the number of rows so far that were too long. */
    public int overlongRows() {
        return overlongRows.get();
    }

    /** Returns the number of rows so far that were left out because their whole answer would have been truncated. */
    public int withoutTargets() {
        return withoutTargets.get();
    }
}
