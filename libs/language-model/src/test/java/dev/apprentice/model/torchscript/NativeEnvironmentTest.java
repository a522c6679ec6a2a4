package dev.apprentice.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeEnvironmentTest {

    /** A processor does not look at it. */
    @Test
    void tf32IsAllowedWhereLibtorchLooks() {
        PyTorch.allowTf32();
        assertThat(NativeEnvironment.get("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE")).isEqualTo("1");
    }
}
