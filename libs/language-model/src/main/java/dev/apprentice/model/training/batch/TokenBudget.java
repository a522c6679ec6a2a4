package dev.apprentice.model.training.batch;

import dev.apprentice.model.TokenBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Regroups the rows of a step into passes, so that each has about as many tokens as a device computes well and its memory holds.
 * The longest row left goes to the first pass that has room for it (first fit, decreasing: Johnson, 1973). What a step learns does
 * not change, because the passes' gradients are added up.
 *
 * <pre>
 * rows of two batches, by inputs    [9, 4, 4] [6]
 * passes of at most 10              [9] [4, 6] [4]
 * </pre>
 *
 * The result depends on the rows alone, so repeating a step repeats its passes.
 *
 * @param tokens the most inputs of a pass, at least 1; a longer row is a pass by itself
 */
public record TokenBudget(int tokens) {

    public TokenBudget {
        if (tokens < 1) {
            throw new IllegalArgumentException("a pass needs room for at least 1 token, but tokensPerBatch is " + tokens);
        }
    }

    /**
     * Returns the passes.
     *
     * @param batches a step's, none of them empty
     */
    public List<TokenBatch> passes(List<TokenBatch> batches) {
        if (batches.isEmpty()) {
            return batches;
        }
        TokenBatch all = TokenBatch.of(batches);
        List<Pass> passes = new ArrayList<>();
        IntStream.range(0, all.rows())
                .boxed()
                .sorted(Comparator.comparing(row -> -all.rowLengths()[row]))
                .forEach(row -> {
                    int inputs = all.rowLengths()[row] - 1;
                    Pass pass = passes.stream().filter(one -> one.tokens + inputs <= tokens).findFirst().orElseGet(() -> {
                        passes.add(new Pass());
                        return passes.get(passes.size() - 1);
                    });
                    pass.tokens += inputs;
                    pass.rows.add(row);
                });
        return passes.stream()
                .map(pass -> all.rows(pass.rows.stream().sorted().mapToInt(row -> row).toArray()))
                .toList();
    }

    private static final class Pass {

        private final List<Integer> rows = new ArrayList<>();
        private long tokens;
    }
}
