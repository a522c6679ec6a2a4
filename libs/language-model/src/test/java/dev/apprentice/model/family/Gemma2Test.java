package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fixture's first layer has a window of 23 tokens. Scores are bounded by 2 and logits by 3, and queries are scaled by another
 * width than the heads'.
 */
class Gemma2Test extends FamilyContract {

    @Override
    String model() {
        return "tiny-gemma2";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "use_bidirectional_attention | true | field 'use_bidirectional_attention' is true; that variant of gemma2 is not supported",
        "layer_types | ['sliding_attention'] | must be sliding_attention or full_attention for each of the 2 layers",
        "attn_logit_softcapping | 0 | field 'attn_logit_softcapping' is 0; it must be a number above 0",
        "final_logit_softcapping | -30.0 | field 'final_logit_softcapping' is -30.0; it must be a number above 0",
        "query_pre_attn_scalar | 0 | field 'query_pre_attn_scalar' is 0; it must be a number above 0",
        "num_attention_heads | 4097 | field 'num_attention_heads' is 4097; it must be a whole number from 1 to 4096",
        "head_dim | 16385 | field 'head_dim' is 16385; it must be a whole number from 1 to 16384",
        "intermediate_size | 1048577 | field 'intermediate_size' is 1048577; it must be a whole number from 1 to 1048576"
    })
    void aVariantThatIsNotSupportedIsRefused(String field, String value, String message) {
        Variant variant = new Variant(model(), temporary).with(field, value);
        assertThatThrownBy(variant::open).isInstanceOf(ModelException.class).hasMessageContaining(message);
    }

    @Test
    void scoresAndLogitsMayHaveNoBound() {
        new Variant(model(), temporary)
                .with("attn_logit_softcapping", "null")
                .with("final_logit_softcapping", "null")
                .assertLogits(0.917345, -0.089892, 0.699843, 1.153633, 0.512095, 0.567946);
    }
}
