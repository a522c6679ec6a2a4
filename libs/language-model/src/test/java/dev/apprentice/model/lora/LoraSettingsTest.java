package dev.apprentice.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoraSettingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 | 8 | 0 | LoRA's rank is 0; it must be at least 1",
        "4 | 0 | 0 | LoRA's alpha is 0.0; it must be above 0",
        "4 | Infinity | 0 | LoRA's alpha is Infinity; it must be above 0",
        "4 | 8 | 1 | LoRA's dropout is 1.0; it must be from 0 to below 1",
        "4 | 8 | NaN | LoRA's dropout is NaN; it must be from 0 to below 1"
    })
    void figuresOutOfTheirRangeAreRefused(int rank, double alpha, double dropout, String message) {
        assertThatThrownBy(() -> new LoraSettings(rank, alpha, dropout, List.of("c_attn"), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void theScaleIsAlphaOverRank() {
        assertThat(new LoraSettings(16, 24, 0, List.of("c_attn"), 1).scale()).isEqualTo(1.5);
    }
}
