package dev.apprentice.dataset.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.apprentice.dataset.batches.PreparationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamStoreTest {

    private static final Path FULL_DISK = Path.of("/dev/full");

    @TempDir
    Path folder;

    @Test
    void whatWasNotCommittedIsGoneHoweverMuchItIs() throws IOException {
        try (StreamStore store = StreamStore.open(folder)) {
            store.put(StoreTable.TEXTS, "committed", "yes");
            store.commit();
            String kilobyte = "x".repeat(1024);
            for (int i = 0; i < 24 * 1024; i++) { // by default, MVStore commits by itself from 16 MiB on
                store.put(StoreTable.TEXTS, "t" + i, kilobyte);
            }
        }
        try (StreamStore store = StreamStore.open(folder)) {
            assertThat(store.firstKeys(StoreTable.TEXTS, 2)).containsExactly("committed");
        }
    }

    @Test
    void aDiskThatIsFullWhileTheStateIsWrittenIsSaidAndWhatWasCommittedStays() throws IOException {
        MVStore filling = StreamStore.openFile(FillingDisk.file(folder.resolve("state.mv")));
        try (StreamStore store = new StreamStore(folder, filling)) {
            store.setNumber("commits", 1);
            store.commit();
            store.setNumber("commits", 2);
            FillingDisk.fill();
            assertThatThrownBy(store::commit)
                    .isInstanceOf(IOException.class)
                    .hasMessage("the run's state in " + folder + " cannot be written: No space left on device");
        }
        try (StreamStore store = StreamStore.open(folder)) {
            assertThat(store.number("commits")).isEqualTo(1);
        }
    }

    @Test
    void aDiskThatIsFullWhenTheStateIsMadeIsSaid() throws IOException {
        assumeTrue(Files.exists(FULL_DISK), "Linux alone has a device that is always full");
        Files.createSymbolicLink(folder.resolve("state.mv"), FULL_DISK);
        assertThatThrownBy(() -> StreamStore.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("the run's state in " + folder + " cannot be opened: No space left on device");
    }

    @Test
    void aStateThatIsDamagedEndsTheRunWithTheReason() throws IOException {
        Files.write(folder.resolve("state.mv"), new byte[9_000]);
        assertThatThrownBy(() -> StreamStore.open(folder))
                .isInstanceOf(PreparationException.class)
                .hasMessageStartingWith("the run's state in " + folder + " is damaged (")
                .hasMessageEndingWith("start a run of another name, or restore the folder to what it was when the run stopped");
    }
}
