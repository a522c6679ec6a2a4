package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fixture has norms after the parts of a block, and norms over all queries of a token at once. */
class Olmo2Test extends FamilyContract {

    @Override
    String model() {
        return "tiny-olmo2";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "attention_bias | true | field 'attention_bias' is true; that variant of olmo2 is not supported"
    })
    void aVariantThatIsNotSupportedIsRefused(String field, String value, String message) {
        Variant variant = new Variant(model(), temporary).with(field, value);
        assertThatThrownBy(variant::open).isInstanceOf(ModelException.class).hasMessageContaining(message);
    }
}
