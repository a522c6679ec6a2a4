package dev.apprentice.model.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class TokenBudgetTest {

    @Test
    void rowsOfSeveralBatchesShareAPassWhereThereIsRoom() {
        List<TokenBatch> passes = new TokenBudget(10).passes(List.of(batch(0, List.of(10, 5, 5)), batch(3, List.of(7))));
        assertThat(passes).extracting(TokenBudgetTest::rows).containsExactly(List.of(0), List.of(1, 3), List.of(2));
    }

    @Test
    void rowsKeepTheirTokensAndPromptsAndTheOrderOfTheStep() {
        TokenBatch first = new TokenBatch(new int[] {1, 2, 3, 4, 5}, new int[] {2, 3}, new int[] {1, 2}, true);
        TokenBatch second = new TokenBatch(new int[] {6, 7}, new int[] {2}, new int[] {0}, true);
        assertThat(new TokenBudget(4).passes(List.of(first, second))).containsExactly(
                new TokenBatch(new int[] {1, 2, 3, 4, 5, 6, 7}, new int[] {2, 3, 2}, new int[] {1, 2, 0}, true));
        assertThat(new TokenBudget(1).passes(List.of(first))).containsExactly(first.rows(1), first.rows(0));
    }

    @Test
    void aRankWithoutRowsHasNoPass() {
        assertThat(new TokenBudget(8).passes(List.of())).isEmpty();
        assertThatThrownBy(() -> new TokenBudget(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a pass needs room for at least 1 token, but tokensPerBatch is 0");
    }

    /** No two passes could be joined. Otherwise the rows of the second would have gone to the first. */
    @Property(tries = 200)
    void everyRowIsInOnePassAndNoPassCouldBeSpared(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 2, max = 40) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 90) int budget) {
        List<TokenBatch> passes = new TokenBudget(budget).passes(List.of(batch(0, lengths)));
        List<Integer> rows = new ArrayList<>();
        passes.forEach(pass -> rows.addAll(rows(pass)));
        assertThat(rows).containsExactlyInAnyOrderElementsOf(IntStream.range(0, lengths.size()).boxed().toList());
        for (int i = 0; i < passes.size(); i++) {
            assertThat(passes.get(i).inputs() <= budget || passes.get(i).rows() == 1).isTrue();
            for (int j = i + 1; j < passes.size(); j++) {
                assertThat(passes.get(i).inputs() + passes.get(j).inputs()).isGreaterThan(budget);
            }
        }
    }

    private static List<Integer> rows(TokenBatch pass) {
        return Arrays.stream(pass.promptLengths()).boxed().toList();
    }

    /** Returns rows whose prompt lengths are their numbers, by which they are recognized. */
    private static TokenBatch batch(int first, List<Integer> lengths) {
        return new TokenBatch(
                new int[lengths.stream().mapToInt(length -> length).sum()],
                lengths.stream().mapToInt(length -> length).toArray(),
                IntStream.range(first, first + lengths.size()).toArray(),
                false);
    }
}
