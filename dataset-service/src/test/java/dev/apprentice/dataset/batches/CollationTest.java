package dev.apprentice.dataset.batches;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.dataset.Runs;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.reading.WholeJson;
import dev.apprentice.dataset.table.Longs;
import dev.apprentice.dataset.table.Scratch;
import dev.apprentice.model.tokenizer.RowBuilder;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.testkit.Fixtures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares batches, padded as in the textbook, with the results of the textbook's own collate function. It pads inputs with the
 * end-of-text, and targets with an index that the loss ignores.
 */
class CollationTest {

    private static final int NO_LIMIT = 10_000;

    @TempDir
    Path folder;

    @Test
    void equalsTheTextbooksOnTheSmallFixture() throws IOException {
        Path tokenizer = Files.write(folder.resolve("tokenizer.json"), Fixtures.bytes("tokenizer.json"));
        assertEqualsGolden(Fixtures.bytes("examples.json"), tokenizer, Fixtures.bytes("golden/collate.json"));
    }

    @Test
    void equalsTheTextbooksOnItsOwnData() throws IOException {
        assertEqualsGolden(
                Files.readAllBytes(Fixtures.large("data/instruction-data.json")),
                Fixtures.large("gpt2-tokenizer/tokenizer.json"),
                Files.readAllBytes(Fixtures.large("golden/collate.json")));
    }

    private void assertEqualsGolden(byte[] examples, Path tokenizer, byte[] goldenJson) throws IOException {
        JsonNode golden = Json.MAPPER.readTree(goldenJson);
        int pad = golden.get("pad_token_id").intValue();
        int ignored = golden.get("ignore_index").intValue();
        List<Batch> batches = batches(examples, tokenizer, pad, NO_LIMIT);
        for (int i = 0; i < golden.get("batches").size(); i++) {
            assertThat(inputs(batches.get(i), pad)).isEqualTo(rows(golden.get("batches").get(i).get("inputs")));
            assertThat(targets(batches.get(i), ignored)).isEqualTo(rows(golden.get("batches").get(i).get("targets")));
        }
        Batch truncated = batches(examples, tokenizer, pad, 48).get(0);
        assertThat(inputs(truncated, pad)).isEqualTo(rows(golden.get("truncated_to_48").get("inputs")));
        assertThat(targets(truncated, ignored)).isEqualTo(rows(golden.get("truncated_to_48").get("targets")));
    }

    /** Returns validation batches, which keep the order of the file, as the reference does. */
    private List<Batch> batches(byte[] examples, Path tokenizerJson, int endOfText, int maxLength)
            throws IOException {
        RowBuilder builder = new RowBuilder(endOfText, maxLength, RowBuilder.Overlong.TRUNCATE, false);
        try (Tokenizer tokenizer = Tokenizer.load(tokenizerJson);
                RowCollector rows = new RowCollector(
                        new RunFormat(PromptStyle.ALPACA, tokenizer, builder, false, new SimpleMeterRegistry().timer("tokenizing")),
                        DataSourceBuilder.builder().dataset("golden").build(), Runs.training(1, 8, true, false), new Scratch(folder))) {
            List<Example> read = new ArrayList<>();
            WholeJson.read(examples, 1 << 20, read::add);
            for (Example example : read) {
                rows.add(Share.VALIDATION, example);
            }
            rows.finish();
            Curriculum curriculum =
                    new Curriculum("golden", Runs.training(1, 8, true, false), List.of(), rows.validationRows(), new Longs(folder), 0);
            return java.util.stream.IntStream.range(0, curriculum.size()).mapToObj(curriculum::batch).toList();
        }
    }

    private static int[][] inputs(Batch batch, int pad) {
        return padded(batch, 0, -1, pad);
    }

    private static int[][] targets(Batch batch, int ignored) {
        return padded(batch, 1, 0, ignored);
    }

    private static int[][] padded(Batch batch, int fromStart, int fromEnd, int filler) {
        int width = Arrays.stream(batch.rowLengths()).max().orElseThrow() - 1;
        int[][] rows = new int[batch.rows()][width];
        int start = 0;
        for (int row = 0; row < rows.length; row++) {
            int end = start + batch.rowLengths()[row];
            Arrays.fill(rows[row], filler);
            int[] part = Arrays.copyOfRange(batch.tokens(), start + fromStart, end + fromEnd);
            System.arraycopy(part, 0, rows[row], 0, part.length);
            start = end;
        }
        return rows;
    }

    private static int[][] rows(JsonNode golden) {
        return Json.MAPPER.convertValue(golden, int[][].class);
    }
}
