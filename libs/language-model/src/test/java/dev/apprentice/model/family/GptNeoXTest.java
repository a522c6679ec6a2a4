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

    @Test
    void aQuarterOfEachHeadTurnsWhereTheConfigurationDoesNotSay() {
        new Variant(model(), temporary)
                .with("rope_parameters", "null")
                .assertLogits(0.066301, -0.043476, 0.224749, 0.19864, -0.250095, -0.669399);
    }

    @Test
    void theShareThatTurnsMayHaveItsOldNameOrStandBesideTheOtherParameters() {
        new Variant(model(), temporary.resolve("old"))
                .with("rope_parameters", "null")
                .with("rotary_pct", "0.5")
                .assertLogits(0.062853, -0.043279, 0.221512, 0.209371, -0.263426, -0.673608);
        new Variant(model(), temporary.resolve("beside"))
                .with("rope_parameters", "{'rope_type': 'default', 'rope_theta': 10000.0}")
                .with("rotary_pct", "0.5")
                .assertLogits(0.062853, -0.043279, 0.221512, 0.209371, -0.263426, -0.673608);
    }

    @Test
    void ropeScalingWinsOverRopeParametersAsInTransformers() {
        new Variant(model(), temporary)
                .with("rope_scaling", "{'type': 'linear', 'factor': 2.0}")
                .assertLogits(0.061246, -0.051516, 0.215621, 0.196075, -0.253409, -0.678494);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "num_attention_heads, 3, hidden_size 16 is not a multiple of num_attention_heads 3",
        "head_dim, 4, field 'head_dim' is not hidden_size / num_attention_heads",
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
