package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownFieldsTest {

    private static final Logger LOG = Logger.getLogger(JsonFile.class.getName());

    private final List<String> warnings = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord warning) {
            warnings.add(warning.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    Path temporary;

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(handler);
    }

    @Test
    void whatIsNotKnownIsNamedOnce() {
        Variant variant = new Variant("tiny-llama", temporary).with("flux_capacitor", "1.21").with("warp", "'9'").with("empty", "null");

        variant.open();
        variant.open();

        assertThat(warnings)
                .containsExactly(temporary.resolve("config.json") + ": the fields 'flux_capacitor', 'warp' are unknown and are ignored");
    }

    /** The fields of the published config.json of GPT-2, SmolLM2 and Qwen2.5, in addition to those that transformers 5 writes. */
    @Test
    void whatPublishedModelsSayIsKnown() {
        new Variant("tiny-gpt2", temporary.resolve("gpt2"))
                .with("n_ctx", "512")
                .with("summary_type", "'cls_index'")
                .with("task_specific_params", "{'text-generation': {'do_sample': true, 'max_length': 50}}")
                .open();
        new Variant("tiny-llama", temporary.resolve("smollm2"))
                .with("is_llama_config", "true")
                .with("rope_interleaved", "false")
                .with("transformers.js_config", "{'dtype': 'q4'}")
                .open();
        new Variant("tiny-gptneox", temporary.resolve("pythia")).with("torch_dtype", "'float16'").open();

        assertThat(warnings).isEmpty();
    }

    @Test
    void whatChangesTheResultMayBeSwitchedOff() {
        new Variant("tiny-llama", temporary)
                .with("is_causal", "true")
                .with("use_qk_norm", "false")
                .with("num_experts", "0")
                .with("pruned_heads", "{}")
                .with("layer_types", "['full_attention', 'full_attention']")
                .with("residual_multiplier", "1.0")
                .with("sliding_window", "4096")
                .open();

        assertThat(warnings).isEmpty();
    }

    /** The fields of these families' published config.json that transformers 5 does not write. */
    @Test
    void whatPublishedModelsOfLaterFamiliesSayIsKnown() {
        new Variant("tiny-phi3", temporary.resolve("phi3")).with("auto_map", "{}").open();
        new Variant("tiny-mistral", temporary.resolve("mistral")).open();
        new Variant("tiny-qwen3", temporary.resolve("qwen3")).open();
        new Variant("tiny-olmo2", temporary.resolve("olmo2")).open();
        new Variant("tiny-smollm3", temporary.resolve("smollm3")).with("pretraining_tp", "2").with("max_window_layers", "28").open();
        new Variant("tiny-gemma2", temporary.resolve("gemma2"))
                .with("hidden_act", "'gelu_pytorch_tanh'")
                .with("cache_implementation", "'hybrid'")
                .open();
        new Variant("tiny-gemma3", temporary.resolve("gemma3")).with("sliding_window_pattern", "6").open();

        assertThat(warnings).isEmpty();
    }

    /** A field that one family implements is refused by name in a family that does not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "tiny-llama | no_rope_layers | [1, 0]",
        "tiny-olmo2 | no_rope_layers | [1, 0]",
        "tiny-qwen3 | layer_types | ['sliding_attention', 'full_attention']",
        "tiny-olmo2 | layer_types | ['sliding_attention', 'full_attention']",
        "tiny-mistral | attn_logit_softcapping | 50.0",
        "tiny-phi3 | final_logit_softcapping | 30.0",
        "tiny-smollm3 | query_pre_attn_scalar | 256",
        "tiny-qwen3 | partial_rotary_factor | 0.5"
    })
    void whatOnlyAnotherFamilyComputesIsRefused(String model, String field, String value) {
        Variant variant = new Variant(model, temporary).with(field, value);

        assertThatThrownBy(variant::open)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("field '" + field + "' is ")
                .hasMessageEndingWith("that variant is not supported");
    }
}
