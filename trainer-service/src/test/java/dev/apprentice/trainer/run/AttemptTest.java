package dev.apprentice.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptTest {

    @TempDir
    Path folder;

    @Test
    void aRunThatEndedTheServiceTwiceIsNotTriedAThirdTimeByItselfButAgainWhenItIsResumed() throws IOException {
        Attempt.begin(folder, "training"); // never closed: the process died
        Attempt.begin(folder, "training");
        assertThatThrownBy(() -> Attempt.begin(folder, "training"))
                .isInstanceOf(FatalRunException.class)
                .hasMessageContaining("ended without a word 2 times")
                .hasMessageContaining("more memory");
        Attempt.begin(folder, "training").close();
    }

    @Test
    void deathsBeforeOneThatWentWellDoNotCount() throws IOException {
        for (int day = 0; day < 5; day++) {
            Attempt.begin(folder, "training");
            Attempt.begin(folder, "training").close();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void eachWorkCountsForItself() throws IOException {
        Attempt.begin(folder, "checking");
        Attempt.begin(folder, "checking");
        Attempt.begin(folder, "training").close();
        assertThatThrownBy(() -> Attempt.begin(folder, "checking")).isInstanceOf(FatalRunException.class);
    }

    @Test
    void aDamagedCountIsOneDeath() throws IOException {
        Files.write(folder.resolve("training.attempts"), new byte[] {0, (byte) 200});
        Attempt.begin(folder, "training");
        assertThatThrownBy(() -> Attempt.begin(folder, "training")).isInstanceOf(FatalRunException.class);
    }
}
