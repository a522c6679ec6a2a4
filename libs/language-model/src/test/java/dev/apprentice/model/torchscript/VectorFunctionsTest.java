package dev.apprentice.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.apprentice.testkit.OwnProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs in a separate process, in which nothing has been computed before. */
class VectorFunctionsTest {

    private static final String NOT_THERE = "not there";

    @Test
    void areChosenBeforeSeveralThreadsCanAskForThem() throws Exception {
        List<String> options = List.of("-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

        String processor = OwnProcess.output(OwnProcess.java(StartsPyTorch.class, options)).get(0);

        assumeFalse(processor.equals(NOT_THERE), "this PyTorch has no MKL, or one that looks at the processor otherwise");
        assertThat(Integer.parseInt(processor)).isNotNegative();
    }

    /** Prints the processor's number that MKL has stored; its initial value is -1. */
    static final class StartsPyTorch {

        /** The opcode of "load from this far ahead", with which the function begins. */
        private static final int LOAD = 0x058b;

        private static final int LOADS_LENGTH = 6;

        private static final Path MAPS = Path.of("/proc/self/maps");

        private StartsPyTorch() {}

        public static void main(String[] arguments) throws IOException {
            PyTorch.version();
            System.out.println(processor());
        }

        private static String processor() throws IOException {
            if (!Files.exists(MAPS)) {
                return NOT_THERE;
            }
            Pointer function;
            try {
                function = NativeLibrary.getInstance(library()).getFunction("mkl_vml_serv_cpu_detect");
            } catch (UnsatisfiedLinkError e) {
                return NOT_THERE;
            }
            if ((function.getShort(0) & 0xffff) != LOAD) {
                return NOT_THERE;
            }
            return Integer.toString(function.share(LOADS_LENGTH + function.getInt(2)).getInt(0));
        }

        private static String library() throws IOException {
            try (var maps = Files.lines(MAPS)) {
                return maps.filter(line -> line.contains("libtorch_cpu"))
                        .map(line -> line.substring(line.indexOf('/')))
                        .findFirst()
                        .orElse(NOT_THERE);
            }
        }
    }
}
