package dev.apprentice.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.model.family.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TargetTest {

    /**
     * In TorchScript, PyTorch makes generators for processors alone: libtorch 2.7.1's make_generator_for_device, that for CUDA
     * too, refuses every other device.
     */
    @Test
    void onAGraphicsCardNoGeneratorIsMade() throws IOException {
        for (String script : Target.GRAPHICS_CARD.scripts()) {
            assertThat(source(script)).as(script).doesNotContain("torch.Generator(");
        }
        assertThat(source("lora.torchscript")).as("shared with processors").doesNotContain("torch.Generator(");
        assertThat(source("dropout.torchscript")).as("for processors").contains("torch.Generator(");
    }

    private static String source(String script) throws IOException {
        try (InputStream in = Architecture.class.getResourceAsStream(script)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
