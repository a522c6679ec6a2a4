package dev.apprentice.dataset.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongsTest {

    private static final int MANY = 3 * Longs.CHUNK + 5;

    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasAddedAndSetAndZeroWhereNothingWas() throws IOException {
        try (Longs longs = new Longs(folder)) {
            for (int i = 0; i < MANY; i++) {
                longs.add((long) i << 31);
            }
            longs.reserve(2L * MANY);
            longs.set(Longs.CHUNK, -7);
            assertThat(longs.size()).isEqualTo(MANY);
            for (int i = 0; i < MANY; i++) {
                if (longs.get(i) != (i == Longs.CHUNK ? -7 : (long) i << 31)) {
                    assertThat(i).as("the place of %d", longs.get(i)).isNull();
                }
            }
            for (int i = MANY; i < 2 * MANY; i += 1_000) {
                assertThat(longs.get(i)).isZero();
            }
        }
    }

    @Test
    void leavesNoFileBehindAndReadsNothingOnceItIsClosed() throws IOException {
        Longs longs = new Longs(folder);
        longs.reserve(MANY);
        longs.close();

        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> longs.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> longs.get(MANY - 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aFolderThatCannotBeWrittenToIsAnErrorOfTheDisk() {
        try (Longs longs = new Longs(folder.resolve("none"))) {
            longs.reserve(Longs.CHUNK);
            assertThatThrownBy(() -> longs.reserve(Longs.CHUNK + 1)).isInstanceOf(IOException.class);
        } catch (IOException e) {
            throw new AssertionError("the heap has room for the first chunk", e);
        }
    }

    @Test
    void allTablesOfAScratchAreClosedWithIt() throws IOException {
        Scratch scratch = new Scratch(folder);
        Longs one = scratch.longs();
        Longs other = scratch.longs();
        scratch.close();
        assertThatThrownBy(() -> one.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> other.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
