package dev.apprentice.inference.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import dev.apprentice.testkit.OwnProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointLoaderTest {

    @Test
    void aCardThatFailedForGoodEndsTheProcessWhereOtherFailuresCostTheCheckpointAlone() throws Exception {
        Process process = OwnProcess.java(OnABrokenCard.class, List.of("-Xmx64m", "-Dorg.jboss.logging.provider=jdk")).redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes()))
                .contains("unavailable: CUDA error: no kernel image is available")
                .contains("the graphics card failed (CUDA error: uncorrectable ECC error encountered)")
                .doesNotContain("unavailable: CUDA error: uncorrectable");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    /** A process whose graphics card fails while the second of two checkpoints is loaded. */
    static final class OnABrokenCard {

        public static void main(String[] arguments) {
            load("CUDA error: no kernel image is available for execution on the device");
            load("CUDA error: uncorrectable ECC error encountered");
        }

        private static void load(String words) {
            try {
                CheckpointLoader.loaded(new CheckpointFolder("/checkpoints/1", "sha256:any"), () -> {
                    throw new EngineException(words);
                });
            } catch (CheckpointUnavailableException e) {
                System.out.println("unavailable: " + e.getMessage());
            }
        }
    }
}
