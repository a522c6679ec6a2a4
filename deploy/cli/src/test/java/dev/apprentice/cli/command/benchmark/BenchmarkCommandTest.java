package dev.apprentice.cli.command.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkCommandTest {

    private static final String RATES = "(\\s+[\\d,.]+ \\|){3}\\s+%s/s \\|\\s+[\\d.]+ \\|";

    @TempDir Path home;

    @Test
    void measuresGenerationAndNamesTheMachine() {
        CommandRun run = run("generate", "--prompts", "2,1", "--new-tokens", "3");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .containsPattern("\\d+ cores, \\d+ threads; JDK \\S+; PyTorch \\d")
                .containsPattern("\\| 2 prompts, float32 +\\|" + RATES.formatted("tokens"))
                .containsPattern("\\| 1 prompt, bfloat16 +\\|" + RATES.formatted("tokens"))
                .containsPattern("2 prompts, float32: 2 x parameters x tokens come to \\S+ TFLOPS, MFU [\\d.]+ % of the measured matmul rate")
                .contains("Peak memory of the process: ", "Card idle: not applicable, computed on the CPU");
    }

    @Test
    void measuresTraining() {
        CommandRun run = run("train", "--steps", "1");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("\\| train, float32 +\\|" + RATES.formatted("tokens"))
                .containsPattern("\\| train, bfloat16, answer only +\\|" + RATES.formatted("tokens"))
                .containsPattern("float32: the steps multiplied at \\d+ GFLOPS, \\d+ % of the \\d+ GFLOPS")
                .containsPattern("bfloat16: 6 x parameters x tokens come to \\S+ TFLOPS, MFU [\\d.]+ % of the measured matmul rate");
    }

    @Test
    void measuresPreparation() {
        CommandRun run = run("prepare", "--examples", "1003");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).containsPattern("\\| prepare 1,003 examples +\\|" + RATES.formatted("examples"));
        assertThat(CommandRun.of(home, "benchmark", "prepare", "--data", "nowhere.json").err().strip())
                .isEqualTo("The data file nowhere.json does not exist; --data names one.");
    }

    @Test
    void saysWhatCanBeMeasured() {
        assertThat(CommandRun.of(home, "benchmark").status()).isEqualTo(2);
        assertThat(CommandRun.of(home, "benchmark").err()).startsWith("Name a subcommand: train, generate or prepare.");
        assertThat(CommandRun.of(home, "benchmark", "generate", "--size", "13B").err().strip())
                .isEqualTo("There is no size 13B; --size is tiny, 124M, 355M, 774M or 1558M.");
        assertThat(CommandRun.of(home, "benchmark", "train", "--device", "gpu:99").err())
                .startsWith("--device is gpu:99, but PyTorch finds ").endsWith(", or set it to cpu.%n".formatted());
        assertThat(CommandRun.of(home, "benchmark", "generate", "--repetitions", "0").err()).startsWith("--repetitions and --threads must be at least 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "train | --steps | 0 | from 1 to 10000", "train | --step-tokens | 1000001 | from 1 to 1000000",
        "prepare | --examples | -1 | at least 1", "generate | --new-tokens | 0 | at least 1", "generate | --prompts | 2,0 | at least 1",
    })
    void aCountThatMeasuresNothingIsRefusedBeforeAnyWork(String what, String option, String value, String bounds) {
        CommandRun run = run(what, option, value);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().strip())
                .isEqualTo(option + " is " + value.substring(value.indexOf(',') + 1) + "; it must be " + bounds + ".");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void dataWithANullIsRefused() throws IOException {
        Path data = Files.writeString(home.resolve("data.json"), "[null]");

        assertThat(CommandRun.of(home, "benchmark", "prepare", "--data", data.toString()).err().strip())
                .isEqualTo("The data must be a JSON array of examples with instruction and output.");
    }

    private CommandRun run(String what, String... more) {
        String[] arguments = new String[8 + more.length];
        String[] common = {"benchmark", what, "--size", "tiny", "--warm-ups", "0", "--repetitions", "1"};
        System.arraycopy(common, 0, arguments, 0, common.length);
        System.arraycopy(more, 0, arguments, common.length, more.length);
        return CommandRun.of(home, arguments);
    }
}
