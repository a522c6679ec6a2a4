package dev.apprentice.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabTest {

    @TempDir Path home;

    @ParameterizedTest
    @ValueSource(strings = {"chaos", "soak"})
    void helpShowsACommandsOptions(String command) {
        LabRun run = LabRun.of(home, "help", command);

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Usage: apprentice-lab " + command).contains("--home=DIR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soak --examples 1999", "soak --within 0", "soak --within -5", "soak --batch 0"})
    void soakNamesTheOptionThatMakesNoSense(String command) {
        LabRun run = LabRun.of(home, command.split(" "));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().strip()).isEqualTo("--examples must be at least 2000, --batch at least 1 and --within above 0.");
        assertThat(home.resolve("soak")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--kills 0 | --kills and --epochs must be at least 1.",
        "--epochs 0 | --kills and --epochs must be at least 1.",
        "--broker-away -5s | --broker-away must be a time of 0 or more, like 90s.",
    })
    void chaosNamesTheOptionThatMakesNoSense(String options, String problem) {
        LabRun run = LabRun.of(home, ("chaos " + options).split(" "));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().strip()).isEqualTo(problem);
        assertThat(home.resolve("chaos")).doesNotExist();
    }

    @Test
    void theDemosFilesAreWrittenIntoTheFolder() {
        LabRun run = LabRun.of(home, "demo-data", home.resolve("made").toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines()).containsExactly(
                home.resolve("made/instructions.json").toString(), home.resolve("made/model/tokenizer.json").toString());
        assertThat(home.resolve("made/instructions.json")).isNotEmptyFile();
        assertThat(home.resolve("made/model/tokenizer.json")).isNotEmptyFile();
    }

    @Test
    void demoDataSaysThatItNeedsAFolder() {
        LabRun run = LabRun.of(home, "demo-data");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("FOLDER");
    }
}
