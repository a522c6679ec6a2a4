package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fixture has heads of 10 elements, three of queries and one of keys, in a model of width 24. */
class Qwen3Test extends FamilyContract {

    @Override
    String model() {
        return "tiny-qwen3";
    }

    @ParameterizedTest
    @ValueSource(strings = {"attention_bias", "use_sliding_window"})
    void aVariantThatIsNotSupportedIsRefused(String field) {
        Variant variant = new Variant(model(), temporary).with(field, "true");
        assertThatThrownBy(variant::open)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("field '" + field + "' is true; that variant of qwen3 is not supported");
    }
}
