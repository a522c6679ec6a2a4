package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In the fixture, the second and the last of four layers have no positions. */
class SmolLm3Test extends FamilyContract {

    @Override
    String model() {
        return "tiny-smollm3";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "use_sliding_window | true | field 'use_sliding_window' is true; that variant of smollm3 is not supported",
        "no_rope_layers | [1, 0, 1] | field 'no_rope_layers' is [1,0,1]; it must be a 0 or 1 for each of the 4 layers"
    })
    void aVariantThatIsNotSupportedIsRefused(String field, String value, String message) {
        Variant variant = new Variant(model(), temporary).with(field, value);
        assertThatThrownBy(variant::open).isInstanceOf(ModelException.class).hasMessageContaining(message);
    }

    /** The expected values are those of transformers, with its own defaults for fields that config.json leaves out. */
    @Test
    void everyFourthLayerKnowsNoPositionsAndTheBaseIs2MillionUnlessSaid() {
        new Variant(model(), temporary)
                .with("rope_parameters", "null")
                .with("no_rope_layers", "null")
                .assertLogits(0.867374, 0.063402, -0.061287, 0.430907, -0.204835, 0.17941);
    }
}
