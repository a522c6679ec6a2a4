package dev.apprentice.model.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.model.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowSharesTest {

    private static final TokenBatch THREE_ROWS = batch(List.of(4, 9, 4));

    @Test
    void theLongestRowIsOneRanksAndTheOthersAreTheOtherRanks() {
        assertThat(RowShares.of(List.of(THREE_ROWS), 0, 2)).containsExactly(THREE_ROWS.rows(1));
        assertThat(RowShares.of(List.of(THREE_ROWS), 1, 2)).containsExactly(THREE_ROWS.rows(0, 2));
    }

    @Test
    void batchesOfOneRowGoRoundTheRanks() {
        TokenBatch row = batch(List.of(5));
        assertThat(RowShares.of(List.of(row, row, row), 0, 3)).hasSize(1);
        assertThat(RowShares.of(List.of(row, row, row), 2, 3)).hasSize(1);
        assertThat(RowShares.of(List.of(row), 2, 3)).isEmpty();
    }

    @Test
    void chosenRowsKeepTheirTokensAndPrompts() {
        TokenBatch batch = new TokenBatch(new int[] {1, 2, 3, 4, 5, 6, 7}, new int[] {2, 3, 2}, new int[] {1, 2, 0}, true);
        assertThat(batch.rows(1, 2))
                .isEqualTo(new TokenBatch(new int[] {3, 4, 5, 6, 7}, new int[] {3, 2}, new int[] {2, 0}, true));
        assertThat(batch.targets()).isEqualTo(1 + 1 + 1);
        assertThat(new TokenBatch(batch.tokens(), batch.rowLengths(), batch.promptLengths(), false).targets()).isEqualTo(4);
    }

    /** The difference between any two ranks is at most the longest row. */
    @Property(tries = 100)
    void everyRowIsExactlyOneRanksAndTheTokensAreShared(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 2, max = 40) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 5) int ranks) {
        TokenBatch batch = batch(lengths);
        List<Integer> rows = new ArrayList<>();
        int[] tokens = new int[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            for (TokenBatch share : RowShares.of(List.of(batch), rank, ranks)) {
                tokens[rank] += share.tokens().length;
                Arrays.stream(share.promptLengths()).forEach(rows::add);
            }
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(IntStream.range(0, lengths.size()).boxed().toList());
        int longest = lengths.stream().mapToInt(length -> length).max().orElseThrow();
        assertThat(Arrays.stream(tokens).max().orElseThrow() - Arrays.stream(tokens).min().orElseThrow())
                .isLessThanOrEqualTo(longest);
    }

    /** Returns rows whose prompt lengths are their numbers, by which they are recognized. */
    private static TokenBatch batch(List<Integer> lengths) {
        return new TokenBatch(
                new int[lengths.stream().mapToInt(length -> length).sum()],
                lengths.stream().mapToInt(length -> length).toArray(),
                IntStream.range(0, lengths.size()).toArray(),
                false);
    }
}
