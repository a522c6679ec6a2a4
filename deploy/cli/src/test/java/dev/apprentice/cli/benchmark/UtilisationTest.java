package dev.apprentice.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.model.Precision;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Compares with figures that were worked out by hand. */
class UtilisationTest {

    /** 6 x 124,439,808 x 64,000 a second = 47.785 TFLOPS: 4.83 % of 989.5, 11.9 % of 400. */
    @Test
    void trainingIsMeasuredByWhatWasMeasuredAndByTheDataSheet() {
        Utilisation utilisation = new Utilisation(Utilisation.TRAINING, 124_439_808, 64_000);
        assertThat(utilisation.rate()).isCloseTo(47.785e12, within(1e9));
        assertThat(utilisation.describe(400e12, Optional.of(CardPeak.of("NVIDIA H200", Precision.BFLOAT16))))
                .isEqualTo("6 x parameters x tokens come to 47.8 TFLOPS, MFU 11.9 % of the measured matmul rate (400 TFLOPS),"
                        + " 4.8 % of the data sheet's (989.5 TFLOPS, NVIDIA H200)");
    }

    /** 2 x 1,000,000 x 500 = 0.001 TFLOPS, 2 % of 0.05. */
    @Test
    void aProcessorHasNoDataSheetAndGenerationGoesForwardOnly() {
        assertThat(new Utilisation(Utilisation.GENERATION, 1_000_000, 500).describe(0.05e12, Optional.empty()))
                .isEqualTo("2 x parameters x tokens come to 0.00100 TFLOPS, MFU 2.0 % of the measured matmul rate (0.0500 TFLOPS)");
    }

    @Test
    void aCardThatIsNotInTheTableIsUnknownAndTheLongerNameCounts() {
        assertThat(new Utilisation(Utilisation.TRAINING, 1, 1).describe(1e12, Optional.of(CardPeak.of("Abacus 9", Precision.BFLOAT16))))
                .endsWith("; the data sheet's peak of Abacus 9 is unknown");
        assertThat(CardPeak.of("NVIDIA H200 NVL", Precision.FLOAT32).operationsPerSecond()).isEqualTo(OptionalDouble.of(60e12));
        assertThat(CardPeak.of("NVIDIA L40S", Precision.BFLOAT16).operationsPerSecond()).isEqualTo(OptionalDouble.of(362.05e12));
        assertThat(CardPeak.of("Tesla T4", Precision.BFLOAT16).operationsPerSecond()).isEmpty();
        assertThat(CardPeak.of("NVIDIA A100-SXM4-80GB", Precision.BFLOAT16).operationsPerSecond()).isEqualTo(OptionalDouble.of(312e12));
        assertThat(CardPeak.of("NVIDIA H100 80GB HBM3", Precision.BFLOAT16).operationsPerSecond()).isEqualTo(OptionalDouble.of(989.4e12));
        assertThat(List.of("NVIDIA A10G", "NVIDIA L40", "NVIDIA GeForce RTX 4090 Laptop GPU"))
                .as("other cards than those whose names they begin with")
                .allMatch(other -> CardPeak.of(other, Precision.BFLOAT16).operationsPerSecond().isEmpty());
    }

    /** Busy 1, 0.5 and once unknown means that it waits a quarter of the time. */
    @Test
    void aWatchedCardsWaitingIsWhatItsDriverDoesNotCallBusyAndItsPeakTheMostOfAnyLook() {
        double[] busy = {1, 0.5, Double.NaN};
        double[] memory = {2e9, 5.25e9, 3e9};
        int[] look = {-1};
        try (CardWatch watch = new CardWatch(() -> busy[++look[0]], () -> memory[look[0]])) {
            assertThat(watch.describe()).contains("Peak memory of the card: unknown, its driver does not report it", "Card idle: unknown");
            watch.look();
            watch.look();
            watch.look();
            assertThat(watch.describe().lines()).containsExactly(
                    "Peak memory of the card: 5.3 GB, of all its processes",
                    "Card idle: 25.0 % of the time, by 2 readings of its driver");
        }
    }
}
