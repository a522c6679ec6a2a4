package dev.apprentice.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeEnvironmentTest {

    /** A processor ignores the variable. */
    @Test
    void tf32IsAllowedWhereLibtorchLooks() {
        PyTorch.allowTf32();
        assertThat(NativeEnvironment.get("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE")).isEqualTo("1");
    }

    @Test
    void cudaCountsTheCardsAsTheDriverDoesOnceLibtorchIsThere() {
        PyTorch.threads();
        assertThat(NativeEnvironment.get("CUDA_DEVICE_ORDER"))
                .isEqualTo(System.getenv().getOrDefault("CUDA_DEVICE_ORDER", "PCI_BUS_ID"));
    }

    @Test
    void whatAUserHasSetStays() {
        NativeEnvironment.set("APPRENTICE_TEST_ORDER", "FASTEST_FIRST");
        NativeEnvironment.setUnlessSet("APPRENTICE_TEST_ORDER", "PCI_BUS_ID");
        assertThat(NativeEnvironment.get("APPRENTICE_TEST_ORDER")).isEqualTo("FASTEST_FIRST");
    }
}
