package dev.apprentice.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.apprentice.testkit.Fixtures;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors live outside the heap, where nothing collects what is forgotten. */
class NativeMemoryTest {

    static final Path STATUS = Path.of("/proc/self/status");

    /** Forgetting one 32 x 32 tensor in each of the 2,000 steps would come to 8,000 KiB. */
    private static final long TOLERANCE_KIBIBYTES = 6_000;

    @TempDir
    Path temporary;

    @Test
    void doesNotGrowOverManySteps() throws Exception {
        assumeTrue(Files.exists(STATUS), "resident memory is read from /proc/self/status");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // the heap is there from the start, and one compiler is enough, so that only tensors can grow
                        "-Xms128m",
                        "-Xmx128m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManySteps.class.getName(),
                        Fixtures.modelFolder("tiny-gpt2", temporary).toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            String growth = output.readLine();
            assertThat(process.waitFor()).isZero();
            assertThat(Long.parseLong(growth)).isLessThan(TOLERANCE_KIBIBYTES);
        } finally {
            process.destroyForcibly();
        }
    }
}
