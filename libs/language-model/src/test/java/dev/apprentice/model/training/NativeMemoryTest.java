package dev.apprentice.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import dev.apprentice.model.Precision;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.OwnProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tensors live outside the heap, where no garbage collector frees leaked memory. Resident memory would not show a leak: the C
 * library keeps freed memory, and takes more when free memory is fragmented.
 */
class NativeMemoryTest {

    /** A leak of 1 KiB in each of the 120 steps would add up to 120 KiB. */
    private static final long TOLERANCE_KIBIBYTES = 100;

    @TempDir
    Path temporary;

    @Test
    void doesNotGrowOverManySteps() throws Exception {
        assumeTrue(cLibraryCounts(), "glibc 2.33 or later says how much memory it has given out");
        // compilers and garbage collectors also use the C library's memory, and free it at any time
        List<String> options =
                List.of("-Xmx128m", "-Xint", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
        String model = Fixtures.modelFolder("tiny-gpt2", temporary).toString();

        assertThat(OwnProcess.output(OwnProcess.java(ManySteps.class, options, model)))
                .hasSize(Precision.values().length)
                .allSatisfy(kibibytes -> assertThat(Long.parseLong(kibibytes)).isLessThan(TOLERANCE_KIBIBYTES));
    }

    private static boolean cLibraryCounts() {
        try {
            NativeLibrary.getInstance("c").getFunction("mallinfo2");
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }
}
