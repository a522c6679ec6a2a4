package dev.apprentice.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import dev.apprentice.model.Precision;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.OwnProcess;
import java.nio.file.Files;
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

    /** Half of 200 MB that weights took, each in a block that the C library does not map by itself. */
    @Test
    void isGivenBackWhenAModelIsClosed() throws Exception {
        assumeTrue(Platform.isLinux(), "elsewhere the C library decides");
        Files.writeString(temporary.resolve("config.json"), """
                {"model_type": "gpt2", "n_layer": 64, "n_embd": 256, "n_head": 4, "n_positions": 64, "vocab_size": 257,
                 "bos_token_id": 256, "eos_token_id": 256}
                """);
        Files.write(temporary.resolve("tokenizer.json"), Fixtures.bytes("tokenizer.json"));

        List<String> mebibytes = OwnProcess.output(OwnProcess.java(
                ModelThatIsClosed.class, List.of("-Xmx128m", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"),
                temporary.toString()));

        long open = Long.parseLong(mebibytes.get(0));
        assertThat(Long.parseLong(mebibytes.get(1))).isLessThan(open - 100);
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
