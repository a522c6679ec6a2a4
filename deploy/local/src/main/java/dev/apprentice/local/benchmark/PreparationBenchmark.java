package dev.apprentice.local.benchmark;

import dev.apprentice.contracts.Batch;
import dev.apprentice.contracts.Batch.SplitName;
import dev.apprentice.local.benchmark.BenchmarkExamples.Example;
import dev.apprentice.model.tokenizer.TokenizedRow;
import dev.apprentice.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What happens to examples before they are trained on: each is put into the words of the prompt, tokenised with its answer
 * and ended with the end-of-text; then they are cut into batches. With the pieces that dataset-service does it with, and
 * like there a thousand at a time.
 */
public final class PreparationBenchmark {

    private static final int AT_A_TIME = 1_000;
    private static final int BATCH_SIZE = 8;

    private final Tokenizer tokenizer;
    private final int endOfText;

    public PreparationBenchmark(Tokenizer tokenizer, int endOfText) {
        this.tokenizer = tokenizer;
        this.endOfText = endOfText;
    }

    public Workload of(BenchmarkExamples examples) {
        String name = String.format(java.util.Locale.ROOT, "prepare %,d examples", examples.examples().size());
        return new Workload(name, "examples", () -> {
            prepare(examples.examples());
            return examples.examples().size();
        });
    }

    /** The batches, the last one perhaps smaller. */
    List<Batch> prepare(List<Example> examples) {
        List<TokenizedRow> rows = new ArrayList<>(examples.size());
        for (int begin = 0; begin < examples.size(); begin += AT_A_TIME) {
            List<Example> some = examples.subList(begin, Math.min(begin + AT_A_TIME, examples.size()));
            tokenizer.encodeRows(
                            some.stream().map(Example::question).toList(), some.stream().map(Example::output).toList())
                    .forEach(row -> rows.add(ended(row)));
        }
        int batches = (rows.size() + BATCH_SIZE - 1) / BATCH_SIZE;
        return IntStream.range(0, batches)
                .mapToObj(index -> batch(index, batches, rows.subList(
                        index * BATCH_SIZE, Math.min((index + 1) * BATCH_SIZE, rows.size()))))
                .toList();
    }

    private TokenizedRow ended(TokenizedRow row) {
        int[] ids = Arrays.copyOf(row.ids(), row.ids().length + 1);
        ids[row.ids().length] = endOfText;
        return new TokenizedRow(ids, row.promptLength());
    }

    private static Batch batch(int index, int of, List<TokenizedRow> rows) {
        return new Batch(
                "benchmark",
                SplitName.TRAIN,
                1,
                index,
                Optional.of(of),
                rows.stream().flatMapToInt(row -> IntStream.of(row.ids())).toArray(),
                rows.stream().mapToInt(row -> row.ids().length).toArray(),
                rows.stream().mapToInt(TokenizedRow::promptLength).toArray());
    }
}
