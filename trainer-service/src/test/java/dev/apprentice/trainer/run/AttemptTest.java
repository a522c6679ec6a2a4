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
                .hasMessageContaining("crashed 2 times")
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
    void aRunThatEndsTheServiceTwiceAfterOneStepIsNotTriedAThirdTime() throws IOException {
        for (int death = 0; death < 2; death++) {
            Attempt attempt = Attempt.begin(folder, "training");
            attempt.reached(6);
            attempt.reached(7);
        }
        assertThatThrownBy(() -> Attempt.begin(folder, "training"))
                .isInstanceOf(FatalRunException.class)
                .hasMessageContaining("crashed 2 times after step 7 of this run, so the run is not retried");
        Attempt.begin(folder, "training").close();
    }

    /** A turn that ends before that step is no progress. */
    @Test
    void itIsNotForgottenThatTheServiceEndedWhileTheRunHasNotComeThatFarAgain() throws IOException {
        Attempt.begin(folder, "training").reached(7);
        Attempt turn = Attempt.begin(folder, "training");
        turn.reached(5);
        turn.close();
        Attempt.begin(folder, "training").reached(7);
        assertThatThrownBy(() -> Attempt.begin(folder, "training")).hasMessageContaining("2 times after step 7");

        Attempt.begin(folder, "training").reached(7);
        turn = Attempt.begin(folder, "training");
        turn.reached(8);
        turn.close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void killsOfAHealthyRunAtAnyPointsDoNotCountAgainstItAsLongAsItGetsFurther() throws IOException {
        for (int step : new int[] {3, 9, 4, 10, 2, 1, 30, 12, 13, 11, 29}) {
            Attempt.begin(folder, "training").reached(step);
        }
        Attempt.begin(folder, "training").close();
    }

    @Test
    void aRunThatEndsTheServiceAgainAndAgainWithoutGettingFurtherIsNotTriedForEver() throws IOException {
        for (int step : new int[] {50, 48, 49, 47, 49, 48}) {
            Attempt.begin(folder, "training").reached(step);
        }
        assertThatThrownBy(() -> Attempt.begin(folder, "training"))
                .hasMessageContaining("6 times without getting beyond step 50 of this run");
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
