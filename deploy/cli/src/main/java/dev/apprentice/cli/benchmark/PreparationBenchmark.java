package dev.apprentice.cli.benchmark;

import dev.apprentice.cli.benchmark.BenchmarkExamples.Example;
import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Batch.SplitName;
import dev.apprentice.model.tokenizer.Collation;
import dev.apprentice.model.tokenizer.Row;
import dev.apprentice.model.tokenizer.RowBuilder;
import dev.apprentice.model.tokenizer.RowBuilder.Overlong;
import dev.apprentice.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Prepares examples as dataset-service does, with its classes and 1,000 examples at a time. Each example is rendered as a prompt,
 * tokenised with its answer, ended with the end-of-text token and checked against the context length. Rows then become batches.
 */
public final class PreparationBenchmark {

    private static final int AT_A_TIME = 1_000;
    private static final int BATCH_SIZE = 8;

    private final Tokenizer tokenizer;
    private final int endOfText;
    private final int contextLength;

    public PreparationBenchmark(Tokenizer tokenizer, int endOfText, int contextLength) {
        this.tokenizer = tokenizer;
        this.endOfText = endOfText;
        this.contextLength = contextLength;
    }

    public Workload of(BenchmarkExamples examples) {
        String name = String.format(java.util.Locale.ROOT, "prepare %,d examples", examples.examples().size());
        return new Workload(name, "examples", () -> {
            prepare(examples.examples());
            return examples.examples().size();
        });
    }

    /** Returns the batches; the last one may be smaller. */
    List<Batch> prepare(List<Example> examples) {
        RowBuilder builder = new RowBuilder(endOfText, contextLength, Overlong.TERMINATE, false);
        List<Row> rows = new ArrayList<>(examples.size());
        for (int begin = 0; begin < examples.size(); begin += AT_A_TIME) {
            List<Example> some = examples.subList(begin, Math.min(begin + AT_A_TIME, examples.size()));
            tokenizer.encodeRows(
                            some.stream().map(Example::question).toList(), some.stream().map(Example::output).toList())
                    .forEach(row -> builder.build(row).ifPresent(rows::add));
        }
        int batches = (rows.size() + BATCH_SIZE - 1) / BATCH_SIZE;
        return IntStream.range(0, batches)
                .mapToObj(index -> batch(index, batches, rows.subList(
                        index * BATCH_SIZE, Math.min((index + 1) * BATCH_SIZE, rows.size()))))
                .toList();
    }

    private static Batch batch(int index, int of, List<Row> rows) {
        Collation ragged = Collation.of(rows);
        return new Batch(
                "benchmark",
                SplitName.TRAIN,
                1,
                index,
                Optional.of(of),
                ragged.tokens(),
                ragged.lengths(),
                ragged.promptLengths());
    }
}
