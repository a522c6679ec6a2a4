package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fixture has fused matrices, a window of 23 tokens, and two heads of keys for four of queries. */
class Phi3Test extends FamilyContract {

    @Override
    String model() {
        return "tiny-phi3";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "mlp_bias | true | field 'mlp_bias' is true; that variant of phi3 is not supported",
        "rope_parameters | {'rope_type': 'longrope'} | rope scaling of type 'longrope' is not supported",
        "rope_parameters | {'partial_rotary_factor': 1.5} | rotates 9 of the 6 elements of a head; it must be an even number from 2 to 6"
    })
    void aVariantThatIsNotSupportedIsRefused(String field, String value, String message) {
        Variant variant = new Variant(model(), temporary).with(field, value);
        assertThatThrownBy(variant::open).isInstanceOf(ModelException.class).hasMessageContaining(message);
    }

    /** The logits are those of transformers, which rotates 4 of the 6 elements of a head. */
    @Test
    void aPartOfEachHeadMayBeTurned() {
        new Variant(model(), temporary)
                .with("rope_parameters", "{'rope_type': 'default', 'rope_theta': 10000.0}")
                .with("partial_rotary_factor", "0.67")
                .assertLogits(0.35495, -2.018729, 0.263485, 0.000907, 0.143719, -0.162728);
    }

    @Test
    void thePartMayStandAmongTheRotaryParameters() {
        new Variant(model(), temporary)
                .with("rope_parameters", "{'rope_type': 'default', 'rope_theta': 10000.0, 'partial_rotary_factor': 0.67}")
                .assertLogits(0.35495, -2.018729, 0.263485, 0.000907, 0.143719, -0.162728);
    }
}
