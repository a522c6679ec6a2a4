package dev.apprentice.dataset.datasets.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdTableTest {

    @TempDir
    Path folder;

    @Test
    void namesTheEntryThatHasAnId() throws IOException {
        try (Scratch scratch = new Scratch(folder)) {
            IdTable ids = new IdTable(scratch);
            assertThat(ids.putIfAbsent("a", 0)).isEqualTo(-1);
            assertThat(ids.putIfAbsent("b", Integer.MAX_VALUE)).isEqualTo(-1);
            assertThat(ids.putIfAbsent("a", 2)).isZero();
            assertThat(ids.putIfAbsent("b", 3)).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void givesTheFirstIdThatNoneHas() throws IOException {
        try (Scratch scratch = new Scratch(folder)) {
            IdTable ids = new IdTable(scratch);
            ids.putIfAbsent("a-3", 0);
            assertThat(ids.free("a", 1)).isEqualTo("a");
            assertThat(ids.free("a", 2)).isEqualTo("a-2");
            assertThat(ids.free("a", 3)).isEqualTo("a-4");
            assertThat(ids.free("a-4", 4)).isEqualTo("a-4-2");
            assertThat(ids.free("a", 5)).isEqualTo("a-5");
            assertThat(ids.putIfAbsent("a", 6)).isEqualTo(1);
            assertThat(ids.putIfAbsent("a-5", 7)).isEqualTo(5);
        }
    }

    /** If each search began at the first suffix, this would take two billion look-ups, which is minutes. */
    @Test
    void doesNotSearchAllEarlierIdsForEachOfManyEqualOnes() throws IOException {
        try (Scratch scratch = new Scratch(folder)) {
            IdTable ids = new IdTable(scratch);
            String last = "";
            for (int i = 0; i < 60_000; i++) {
                last = ids.free("a", i);
            }
            assertThat(last).isEqualTo("a-60000");
        }
    }
}
