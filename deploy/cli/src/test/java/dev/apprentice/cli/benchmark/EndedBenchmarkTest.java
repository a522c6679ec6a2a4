package dev.apprentice.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.testkit.OwnProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EndedBenchmarkTest {

    private static final int AFTER_CTRL_C = 130;

    @TempDir Path folder;

    @Test
    @Timeout(180)
    void aBenchmarkThatIsEndedLeavesNeitherItsModelNorACrashReport() throws Exception {
        Process benchmark = start("benchmark", "train", "--size", "tiny", "--repetitions", "1000000");
        String rest;
        try (BufferedReader out = benchmark.inputReader()) {
            while (!out.readLine().startsWith("Measuring")) {
                assertThat(benchmark.isAlive()).isTrue();
            }
            benchmark.toHandle().destroy(); // not Process.destroy(), which would close the stream that is read here
            rest = out.lines().collect(Collectors.joining("\n"));
        }

        assertThat(benchmark.waitFor()).as(rest).isEqualTo(AFTER_CTRL_C);
        assertThat(rest).isEmpty();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()).filter(name -> name.matches("apprentice.*|hs_err.*")))
                    .isEmpty();
        }
    }

    private Process start(String... arguments) throws IOException {
        return OwnProcess.java(Apprentice.class, List.of("-Djava.io.tmpdir=" + folder), arguments)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }
}
