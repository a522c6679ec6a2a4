package dev.apprentice.trainer.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.trainer.TaughtRun;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressReportTest {

    private static final String BEGINNING = "the storage of its checkpoints cannot be used now; trainer-service will retry: ";

    @TempDir Path model;

    @Test
    void saysInWordsWhatIsWrongWithTheStorage() {
        assertThat(waiting(new IOException("No space left on device"))).isEqualTo(BEGINNING + "No space left on device");
        assertThat(waiting(new NotDirectoryException("/data"))).isEqualTo(BEGINNING + "java.nio.file.NotDirectoryException: /data");
        assertThat(waiting(new IOException((String) null))).isEqualTo(BEGINNING + "java.io.IOException");
    }

    private String waiting(IOException why) {
        ProgressReport report = new ProgressReport(
                TaughtRun.named("full", model, TaughtRun.training(1, Optional.empty())), Clock.systemUTC());
        return report.waitingForStorage(why).message().orElseThrow();
    }
}
