package dev.apprentice.dataset.batches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.dataset.Runs;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.table.Scratch;
import dev.apprentice.model.tokenizer.Row;
import dev.apprentice.model.tokenizer.RowBuilder;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.testkit.Fixtures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextPackingTest {

    private static final int END = 0;
    private static final int LENGTH = 16;

    @TempDir
    Path folder;

    @Test
    void everyTokenButTheFirstIsATargetOnceAndAllRowsButTheLastAreFull() {
        List<Row> texts = texts(50);
        List<Row> rows = packed(texts, 7);

        List<Integer> stream = new ArrayList<>(List.of(rows.get(0).ids()[0]));
        rows.forEach(row -> Arrays.stream(row.ids()).skip(1).forEach(stream::add));
        assertThat(stream).hasSize(texts.stream().mapToInt(text -> text.ids().length).sum());
        assertThat(rows.subList(0, rows.size() - 1)).allMatch(row -> row.ids().length == LENGTH + 1 && row.promptLength() == 0);
        assertThat(rows.get(rows.size() - 1).ids().length).isBetween(2, LENGTH + 1);
        for (int i = 1; i < rows.size(); i++) {
            assertThat(rows.get(i).ids()[0]).isEqualTo(rows.get(i - 1).ids()[LENGTH]);
        }
        assertThat(firstTokens(stream)).hasSize(50).doesNotHaveDuplicates()
                .isNotEqualTo(texts.stream().map(text -> text.ids()[0]).toList());
    }

    @Test
    void theOrderIsTheSeedsAndTextsThatComeLaterLeaveThoseBeforeInTheirs() {
        assertThat(order(50, 7)).isEqualTo(order(50, 7)).isNotEqualTo(order(50, 8));
        assertThat(order(90, 7).stream().filter(first -> order(50, 7).contains(first)).toList()).isEqualTo(order(50, 7));
    }

    @Test
    void noTextsAndASingleTokenGiveNoRow() {
        assertThat(packed(List.of(), 7)).isEmpty();
        assertThat(packed(List.of(new Row(new int[] {END}, 0)), 7)).isEmpty();
        assertThat(packed(List.of(new Row(new int[] {5, END}, 0)), 7)).extracting(Row::ids).containsExactly(new int[] {5, END});
    }

    @Test
    void textsArePackedAndInstructionsAreNot() throws IOException {
        List<String> texts = IntStream.range(0, 30).mapToObj(i -> "The hobby of person " + i + " is collecting stamps.").toList();
        RowBuilder builder = new RowBuilder(END, LENGTH, RowBuilder.Overlong.TERMINATE, false);
        try (Tokenizer tokenizer = Tokenizer.load(Fixtures.modelFolder("tiny-gpt2", folder).resolve("tokenizer.json"));
                RowCollector rows = new RowCollector(
                        new RunFormat(PromptStyle.ALPACA, tokenizer, builder, false, new SimpleMeterRegistry().timer("tokenizing")),
                        DataSourceBuilder.builder().dataset("texts").packTexts(true).build(), Runs.training(1, 8, true, false), new Scratch(folder))) {
            for (String text : texts) {
                rows.add(Share.TRAIN, new Example("t", text, "", "", "", List.of(), "", true));
            }
            rows.add(Share.TRAIN, new Example("e", "Sing.", "", "La."));
            rows.finish();

            int tokens = texts.stream().mapToInt(text -> tokenizer.encode(text).length + 1).sum();
            int packed = (tokens - 1 + LENGTH - 1) / LENGTH;
            assertThat(rows.trainRows()).hasSize(packed + 1);
            assertThat(rows.packedInWords()).isEqualTo("; 30 texts are packed into " + packed + " rows of up to 16 tokens");
            assertThat(rows.trainRows().stream().skip(1).mapToInt(row -> row.ids().length - 1).sum()).isEqualTo(tokens - 1);
        }
    }

    private static List<Integer> order(int texts, long seed) {
        return firstTokens(packed(texts(texts), seed).stream().flatMap(row -> Arrays.stream(row.ids()).skip(1).boxed()).toList());
    }

    /** Returns the first token of the stream, and each token after an end-of-text. */
    private static List<Integer> firstTokens(List<Integer> stream) {
        return Stream.concat(Stream.of(0), IntStream.range(1, stream.size()).boxed())
                .filter(i -> stream.get(i) != END && (i == 0 || stream.get(i - 1) == END))
                .map(stream::get)
                .toList();
    }

    private static List<Row> packed(List<Row> texts, long seed) {
        List<Row> rows = new ArrayList<>();
        TextPacking.pack(texts, LENGTH, seed, rows::add);
        return rows;
    }

    /** Returns texts of different lengths, each made of one token of its own. */
    private static List<Row> texts(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> {
            int[] ids = new int[2 + i % 23];
            Arrays.fill(ids, 0, ids.length - 1, i);
            return new Row(ids, 0);
        }).toList();
    }
}
