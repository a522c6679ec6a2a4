package dev.apprentice.dataset.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.dataset.table.Longs;
import dev.apprentice.model.tokenizer.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFileTest {

    @TempDir
    Path folder;

    @Test
    void givesBackEveryRowInAnyOrder() throws IOException {
        Random random = new Random(1);
        List<Row> given = new ArrayList<>();
        try (RowFile rows = new RowFile(folder.resolve("rows"), new Longs(folder))) {
            for (int i = 0; i < 3_000; i++) { // more ids than the buffer holds
                Row row = new Row(random.ints(2 + random.nextInt(90), 0, 200_000).toArray(), random.nextInt(2));
                given.add(row);
                rows.add(row);
            }
            assertThat(rows).hasSameSizeAs(given);
            for (int i : random.ints(500, 0, given.size()).toArray()) {
                assertThat(rows.get(i).ids()).isEqualTo(given.get(i).ids());
                assertThat(rows.get(i).promptLength()).isEqualTo(given.get(i).promptLength());
            }
            assertThatThrownBy(() -> rows.get(given.size())).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void takesARowLongerThanWhatIsWrittenAtOnce() throws IOException {
        int[] ids = new Random(2).ints(200_000, 0, 50_257).toArray();
        try (RowFile rows = new RowFile(folder.resolve("rows"), new Longs(folder))) {
            rows.add(new Row(new int[] {1, 2, 3}, 1));
            rows.add(new Row(ids, 7));
            rows.add(new Row(new int[] {4, 5}, 0));

            assertThat(rows.get(0).ids()).containsExactly(1, 2, 3);
            assertThat(rows.get(1).ids()).isEqualTo(ids);
            assertThat(rows.get(2).ids()).containsExactly(4, 5);
        }
    }

    @Test
    void leavesNoFileBehindAndReadsNothingOnceItIsClosed() throws IOException {
        RowFile rows = new RowFile(folder.resolve("rows"), new Longs(folder));
        rows.add(new Row(new int[] {1, 2}, 1));
        rows.close();

        assertThat(Files.list(folder)).isEmpty();
        assertThatThrownBy(() -> rows.get(0)).isInstanceOf(UncheckedIOException.class);
    }
}
