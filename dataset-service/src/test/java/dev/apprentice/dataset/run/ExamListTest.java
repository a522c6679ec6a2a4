package dev.apprentice.dataset.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.dataset.persistence.HeldElsewhereException;
import dev.apprentice.dataset.persistence.SharedLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamListTest {

    @TempDir Path folder;

    /** Meanwhile the channel continues with other runs' checkpoints, and this one is not lost. */
    @Test
    void aCheckpointThatComesWhileTheListIsHeldAndNotLetGoIsKeptBesideItAndTakenInLater() throws IOException {
        Path lock = folder.resolve("lock");
        Path files = Files.createDirectory(folder.resolve("checkpoints"));
        ExamList list = new ExamList(files, lock);
        Checkpoint examined = checkpoint(3);
        list.enlist(examined);
        list.strike(examined);
        try (SharedLock frozen = SharedLock.tryLock(lock).orElseThrow()) {
            assertThat(list.enlist(checkpoint(6))).isTrue();
            assertThat(list.enlist(examined)).isTrue();
            assertThat(list.enlisted()).isEmpty();
            assertThat(list.isEmpty()).isFalse();
            assertThatExceptionOfType(HeldElsewhereException.class).isThrownBy(list::takeIn);
        }
        ExamList ofTheNextProcess = new ExamList(files, lock);
        ofTheNextProcess.takeIn();
        assertThat(ofTheNextProcess.enlisted()).as("the other has sat its exam").containsExactly(checkpoint(6));
        ofTheNextProcess.strike(checkpoint(6));
        assertThat(ofTheNextProcess.isEmpty()).isTrue();
    }

    private static Checkpoint checkpoint(int step) {
        return new Checkpoint("run", step, 1, false, "file:///c/" + step, "sha256:" + step, Optional.empty(), Optional.empty(), 0, 0,
                "alpaca", Instant.EPOCH);
    }
}
