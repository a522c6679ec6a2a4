package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GptNeoXTest extends FamilyContract {

    @Override
    String model() {
        return "tiny-gptneox";
    }

    @Test
    void feedForwardCanFollowAttentionInsteadOfStandingBesideIt() {
        new Variant(model(), temporary)
                .with("use_parallel_residual", "false")
                .assertLogits(-0.078319, -0.031195, 0.165918, 0.3433, -0.376029, -0.547018);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "num_attention_heads, 3, hidden_size 16 is not a multiple of num_attention_heads 3",
        "attention_bias, false, field 'attention_bias' is false",
        "rope_parameters, {'partial_rotary_factor': 0.1}, rotates 0 of the 8 elements of a head"
    })
    void aVariantThatIsNotSupportedIsRefused(String field, String value, String message) {
        Variant variant = new Variant(model(), temporary).with(field, value);
        assertThatThrownBy(variant::open)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(temporary.resolve("config.json").toString())
                .hasMessageContaining(message);
    }
}
