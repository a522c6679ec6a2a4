package dev.apprentice.model.card;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CudaRuntimeTest {

    @Test
    void theVersionIsThatOfTheLibraryAndNotOfTheGlue() {
        assertThat(CudaRuntime.version(version -> {
                    version.setValue(12_090);
                    return 0;
                }))
                .contains("12.9");
    }

    @Test
    void oneThatFailsSaysNothing() {
        assertThat(CudaRuntime.version(version -> 35)).as("cudaErrorInsufficientDriver").isEmpty();
    }

    /** No CUDA has a major version of 99. */
    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cu990", "mine"})
    void whereThereIsNoneThereIsNoVersion(String flavor) {
        assertThat(CudaRuntime.version(flavor)).isEmpty();
    }
}
