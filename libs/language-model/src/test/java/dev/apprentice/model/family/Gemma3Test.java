package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fixture has two layers with a window of 23 tokens, and one without, whose positions are interpolated. Three heads of queries
 * share one head of keys.
 */
class Gemma3Test extends FamilyContract {

    @Override
    String model() {
        return "tiny-gemma3";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "final_logit_softcapping | 30.0 | field 'final_logit_softcapping' is 30.0; that variant of Gemma 3 is not supported",
        "attention_bias | true | field 'attention_bias' is true; that variant of gemma3_text is not supported",
        "rope_scaling | {'rope_type': 'linear', 'factor': 2.0} | has 'rope_scaling' beside 'rope_parameters' for each kind of layer"
    })
    void aVariantThatIsNotSupportedIsRefused(String field, String value, String message) {
        Variant variant = new Variant(model(), temporary).with(field, value);
        assertThatThrownBy(variant::open).isInstanceOf(ModelException.class).hasMessageContaining(message);
    }

    @Test
    void bothRotaryEmbeddingsAreReadAsFilesFromBeforeTransformers5SayThem() {
        new Variant(model(), temporary)
                .with("rope_parameters", "null")
                .with("rope_theta", "1000000")
                .with("rope_scaling", "{'rope_type': 'linear', 'factor': 8.0}")
                .with("rope_local_base_freq", "500")
                .with("layer_types", "null")
                .with("sliding_window_pattern", "3")
                .assertLogits(-0.47402, -0.465451, 0.080404, 0.396474, 0.138081, 0.137687);
    }

    @Test
    void theBasesAreAMillionAndTenThousandUnlessSaid() {
        new Variant(model(), temporary)
                .with("rope_parameters", "null")
                .assertLogits(-0.688635, -0.527985, -0.342175, 0.184477, 0.07525, 0.132042);
    }
}
