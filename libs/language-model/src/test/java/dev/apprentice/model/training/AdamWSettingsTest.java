package dev.apprentice.model.training;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdamWSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "-0.1, 0.9, 0.999, 1e-8, 1, weightDecay is -0.1; it must be at least 0",
        "0.1, 1, 0.999, 1e-8, 1, beta1 is 1.0; it must be from 0 to below 1",
        "0.1, 0.9, NaN, 1e-8, 1, beta2 is NaN; it must be from 0 to below 1",
        "0.1, 0.9, 0.999, 0, 1, epsilon is 0.0; it must be above 0",
        "0.1, 0.9, 0.999, 1e-8, 0, maxGradientNorm is 0.0; it must be above 0"
    })
    void figuresOutOfTheirRangeAreRefused(
            double decay, double beta1, double beta2, double epsilon, double maxNorm, String message) {
        assertThatThrownBy(() -> new AdamWSettings(decay, beta1, beta2, epsilon, Optional.of(maxNorm)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
