package dev.apprentice.model.card;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.ranks.RankFailedException;
import dev.apprentice.testkit.OwnProcess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardFailureTest {

    private static final String ILLEGAL = "RuntimeError: CUDA error: an illegal memory access was encountered\nCUDA kernel errors might be";

    @Test
    void anErrorAfterWhichNothingIsComputedIsKnownWhereverItWasSeen() {
        assertThat(CardFailure.in(new IllegalStateException("a step failed", new EngineException(ILLEGAL))))
                .contains("an illegal memory access was encountered");
        assertThat(CardFailure.in(new RankFailedException("rank 1 of 2, on node2, failed: " + ILLEGAL, null))).isPresent();
    }

    /** The messages are those of cudaGetErrorString. */
    @ParameterizedTest
    @ValueSource(strings = {
        "CUDA error: device-side assert triggered",
        "CUDA error: uncorrectable ECC error encountered",
        "CUDA error: uncorrectable NVLink error detected during the execution",
        "CUDA error: operation not supported on global/shared address space",
        "CUDA error: Invalid access of peer GPU memory over nvlink or a hardware error",
        "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasGemmEx(handle)`"
    })
    void errorsThatLeaveTheContextOfNoUseAreKnown(String words) {
        assertThat(CardFailure.in(new EngineException("RuntimeError: " + words + "\nCompile with"))).contains(words.substring(12));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "CUDA out of memory. Tried to allocate 3.01 GiB",
        "CUDA error: out of memory",
        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
        "CUDA error: no kernel image is available for execution on the device",
        "index out of range in self"
    })
    void whatALaterCallMayDoIsNone(String words) {
        assertThat(CardFailure.in(new EngineException(words))).isEmpty();
    }

    @Test
    void whatAUserWroteIsNone() {
        assertThat(CardFailure.in(new ModelException("/models/" + ILLEGAL + " is not a folder"))).isEmpty();
    }

    @Test
    void theProcessEndsWithASentence() throws Exception {
        Process process = OwnProcess.java(Failing.class, List.of("-Xmx32m")).redirectErrorStream(true).start();
        assertThat(new String(process.getInputStream().readAllBytes()))
                .contains("the graphics card failed (CUDA error: an illegal memory access was encountered), and this process can no"
                        + " longer use it, so it ends;")
                .doesNotContain("went on");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    /** A process whose card fails. */
    static final class Failing {

        public static void main(String[] arguments) {
            CardFailure.endProcessIf(new EngineException("index out of range in self"), System.out::println);
            CardFailure.endProcessIf(new EngineException(ILLEGAL), System.out::println);
            System.out.println("went on");
        }
    }
}
