package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fixture has a window of 23 tokens in rows of up to 59, heads of 10 elements in a model of width 24, and a head that is not
 * tied.
 */
class MistralTest extends FamilyContract {

    @Override
    String model() {
        return "tiny-mistral";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "attention_bias | true | field 'attention_bias' is true; that variant of mistral is not supported",
        "sliding_window | 0 | field 'sliding_window' is 0; it must be a whole number of at least 1"
    })
    void aVariantThatIsNotSupportedIsRefused(String field, String value, String message) {
        Variant variant = new Variant(model(), temporary).with(field, value);
        assertThatThrownBy(variant::open).isInstanceOf(ModelException.class).hasMessageContaining(message);
    }

    @Test
    void withoutAWindowATokenLooksAtAllBeforeIt() {
        new Variant(model(), temporary)
                .with("sliding_window", "null")
                .assertLogits(-0.888818, -0.620861, 0.587125, -0.512168, -0.602126, 0.033165);
    }
}
