package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.tokenizer.TokenizedRow;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.model.training.AdamWSettings;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.FineTuningSettings;
import dev.apprentice.prompts.PromptStyle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlamaTest extends FamilyContract {

    private static final IntToDoubleFunction BIAS = i -> 0.1 * (i % 5 - 2);

    @Override
    String model() {
        return "tiny-llama";
    }

    @Test
    void rotaryFrequenciesAreScaledAsInLlama3() {
        variant().with("rope_parameters", """
                        {'rope_type': 'llama3', 'rope_theta': 500000.0, 'factor': 8.0, 'low_freq_factor': 1.0,
                         'high_freq_factor': 4.0, 'original_max_position_embeddings': 64}""")
                .assertLogits(-0.63151, 0.424314, 0.563238, -0.073379, -0.558845, -0.509552);
    }

    @Test
    void rotaryFrequenciesAreScaledAsFilesFromBeforeTransformers5Say() {
        variant().with("rope_parameters", "null")
                .with("rope_theta", "500000.0")
                .with("rope_scaling", """
                        {'rope_type': 'llama3', 'factor': 8.0, 'low_freq_factor': 1.0, 'high_freq_factor': 4.0,
                         'original_max_position_embeddings': 64}""")
                .assertLogits(-0.63151, 0.424314, 0.563238, -0.073379, -0.558845, -0.509552);
    }

    @Test
    void positionsCanBePressedTogether() {
        variant().with("rope_parameters", "{'rope_type': 'linear', 'rope_theta': 10000.0, 'factor': 2.0}")
                .assertLogits(-0.640543, 0.409583, 0.569205, -0.069599, -0.555424, -0.525549);
    }

    @Test
    void ropeScalingWinsOverRopeParametersAsInTransformers() {
        variant().with("rope_scaling", "{'type': 'linear', 'factor': 2.0}")
                .assertLogits(-0.640543, 0.409583, 0.569205, -0.069599, -0.555424, -0.525549);
    }

    /** The perplexities are those of transformers 5.18, over the answers and the end-of-text after them. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"17, , It is 18., 240.0509", "18, The number is 18., It is 19., 231.6488"})
    void answersAreAsLikelyWithRopeScalingBesideRopeParametersAsInTransformers(
            int number, String input, String answer, double perplexity) {
        ModelFolder folder = variant().with("rope_scaling", "{'type': 'linear', 'factor': 4.0}").open();
        String prompt = PromptStyle.ALPACA.question("Name the number after " + number + ".", input == null ? "" : input);
        try (LanguageModel model = LanguageModel.load(folder);
                Tokenizer tokenizer = folder.tokenizer()) {
            TokenizedRow row = tokenizer.encodeRows(List.of(prompt), List.of(answer)).get(0);
            int[] ids = IntStream.concat(IntStream.of(row.ids()), IntStream.of(256)).toArray();
            TokenBatch batch = new TokenBatch(ids, new int[] {ids.length}, new int[] {row.promptLength()}, true);
            assertThat(Math.exp(model.loss(batch).mean())).isCloseTo(perplexity, withinPercentage(0.01));
        }
    }

    @Test
    void theBaseBesideRopeScalingIsThatOfTheWholeConfiguration() {
        variant().with("rope_theta", "500.0")
                .with("rope_scaling", "{'type': 'linear', 'factor': 2.0}")
                .assertLogits(-0.663369, 0.387861, 0.581577, -0.071386, -0.565351, -0.543479);
    }

    @Test
    void anEmptyRopeScalingIsNone() {
        variant().with("rope_scaling", "{}")
                .assertLogits(-0.643265, 0.401922, 0.572295, -0.076125, -0.562319, -0.526595);
    }

    @Test
    void anotherFamilysFieldsHaveNoEffect() {
        variant().with("rope_parameters", "null")
                .with("rotary_emb_base", "500")
                .assertLogits(-0.643265, 0.401922, 0.572295, -0.076125, -0.562319, -0.526595);
    }

    @Test
    void theOriginalContextOfLlama3sScalingMayStandBesideItOrBeTheContext() {
        variant().with("rope_parameters", """
                        {'rope_type': 'llama3', 'rope_theta': 500000.0, 'factor': 8.0, 'low_freq_factor': 1.0,
                         'high_freq_factor': 4.0}""")
                .with("max_position_embeddings", "64")
                .assertLogits(-0.63151, 0.424314, 0.563238, -0.073379, -0.558845, -0.509552);
    }

    @Test
    void anOriginalContextBesideTheScalingComesFirst() {
        variant().with("rope_parameters", """
                        {'rope_type': 'llama3', 'rope_theta': 500000.0, 'factor': 8.0, 'low_freq_factor': 1.0,
                         'high_freq_factor': 4.0, 'original_max_position_embeddings': 32}""")
                .with("original_max_position_embeddings", "64")
                .assertLogits(-0.63151, 0.424314, 0.563238, -0.073379, -0.558845, -0.509552);
    }

    @Test
    void qwen2HasBiasesOnQueryKeyAndValue() {
        withQueryBiases(variant().with("model_type", "'qwen2'"))
                .assertLogits(-0.553492, 0.562929, 0.383386, -0.163354, -0.577996, -0.192482);
    }

    /** A small move along its gradient g raises a loss by g * g. The test measures it from the losses on both sides of the biases. */
    @Test
    void qwen2sBiasesAreTrained() {
        ReferenceModel reference = ReferenceModel.open(ReferenceModel.Size.SMALL, model(), temporary.resolve("rows"));
        List<TokenBatch> batch = List.of(reference.batch(0, 4));
        Path learned = temporary.resolve("learned");
        try (LanguageModel model = LanguageModel.load(qwen2("there", (name, i) -> BIAS.applyAsDouble(i)));
                FineTuning tuning = new FineTuning(
                        model,
                        FineTuningSettings.DEFAULTS.withOptimizer(new AdamWSettings(0, 0, 0, 1e4, Optional.empty())))) {
            tuning.step(batch, 1e4);
            model.save(learned);
        }
        try (SafetensorsFile file = SafetensorsFile.open(learned.resolve(ModelFolder.WEIGHTS))) {
            PerElement gradient = (name, i) -> BIAS.applyAsDouble(i) - file.data(name).asFloatBuffer().get(i);
            double square = file.entries().values().stream()
                    .filter(entry -> entry.name().endsWith("_proj.bias"))
                    .mapToDouble(entry -> IntStream.range(0, (int) entry.shape()[0])
                            .mapToDouble(i -> Math.pow(gradient.of(entry.name(), i), 2))
                            .sum())
                    .sum();
            double far = 0.02 / Math.sqrt(square);
            double rise = loss(qwen2("above", (name, i) -> BIAS.applyAsDouble(i) + far * gradient.of(name, i)), batch)
                    - loss(qwen2("below", (name, i) -> BIAS.applyAsDouble(i) - far * gradient.of(name, i)), batch);
            assertThat(square).isGreaterThan(1e-8);
            assertThat(rise / (2 * far)).isCloseTo(square, withinPercentage(3));
        }
    }

    private static double loss(ModelFolder folder, List<TokenBatch> batch) {
        try (LanguageModel model = LanguageModel.load(folder)) {
            return model.loss(batch.get(0)).mean();
        }
    }

    private ModelFolder qwen2(String folder, PerElement bias) {
        Variant variant = new Variant(model(), temporary.resolve(folder)).with("model_type", "'qwen2'");
        for (int layer = 0; layer < 2; layer++) {
            String attention = "model.layers." + layer + ".self_attn.";
            variant.withWeight(attention + "q_proj.bias", i -> bias.of(attention + "q_proj.bias", i), 16)
                    .withWeight(attention + "k_proj.bias", i -> bias.of(attention + "k_proj.bias", i), 8)
                    .withWeight(attention + "v_proj.bias", i -> bias.of(attention + "v_proj.bias", i), 8);
        }
        return variant.open();
    }

    /** A function with a number for each element of each bias. */
    private interface PerElement {
        double of(String name, int element);
    }

    @Test
    void llamaCanHaveBiasesOnTheOutputToo() {
        Variant variant = withQueryBiases(variant().with("attention_bias", "true"));
        for (int layer = 0; layer < 2; layer++) {
            variant.withWeight("model.layers." + layer + ".self_attn.o_proj.bias", BIAS, 16);
        }
        variant.assertLogits(0.109842, 0.054166, -0.969313, 0.293623, 0.88482, 0.446753);
    }

    @Test
    void theHeadCanHaveWeightsOfItsOwn() {
        variant().with("tie_word_embeddings", "false")
                .withWeight("lm_head.weight", i -> 0.01 * (i % 23 - 11), 257, 16)
                .assertLogits(0.059423, -0.22248, 0.370528, 0.068198, -0.526047, 0.14504);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "mlp_bias, true, field 'mlp_bias' is true",
        "num_key_value_heads, 3, num_attention_heads 4 is not a multiple of num_key_value_heads 3",
        "hidden_act, 'tanh', field 'hidden_act' is 'tanh'",
        "rope_parameters, {'rope_type': 'yarn'}, rope scaling of type 'yarn' is not supported",
        "rope_parameters, {'rope_type': 'linear'}, the rotary embedding's 'factor' is missing",
        "rope_scaling, {'type': 'yarn'; 'factor': 4.0}, rope scaling of type 'yarn' is not supported",
        "rope_scaling, {'full_attention': {'rope_type': 'default'}}, has separate rotary parameters for 'full_attention'",
        "rope_parameters, {'rope_theta': 0}, the rotary embedding's base is 0.0; it must be above 0",
        "partial_rotary_factor, 0.5, field 'partial_rotary_factor' is 0.5",
        "rope_parameters, {'partial_rotary_factor': 0.5}, field 'partial_rotary_factor' is 0.5",
        "rotary_pct, 0.25, field 'rotary_pct' is 0.25",
        "is_causal, false, field 'is_causal' is false, which changes what the model computes; that variant is not supported",
        "quantization_config, {'bits': 4}, field 'quantization_config' is {",
        "layer_types, ['full_attention'; 'sliding_attention'], field 'layer_types' is [",
        "use_qk_norm, true, field 'use_qk_norm' is true",
        "num_hidden_layers, 1000000000, field 'num_hidden_layers' is 1000000000; it must be a whole number from 1 to 1024",
        "hidden_size, 1000000000, field 'hidden_size' is 1000000000; it must be a whole number from 1 to 131072",
        "vocab_size, 2147483647, field 'vocab_size' is 2147483647; it must be a whole number from 1 to 4194304",
        "max_position_embeddings, 2147483647, it must be a whole number from 1 to 16777216",
        "intermediate_size, 2147483647, it must be a whole number from 1 to 1048576",
        "num_attention_heads, 2147483647, it must be a whole number from 1 to 4096",
        "head_dim, 2147483647, it must be a whole number from 1 to 16384",
        "rope_parameters, 5, field 'rope_parameters' is 5; it must be an object"
    })
    void aVariantThatIsNotSupportedIsRefused(String field, String value, String message) {
        Variant variant = variant().with(field, value.replace(';', ','));
        assertThatThrownBy(variant::open)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(temporary.resolve("config.json").toString())
                .hasMessageContaining(message);
    }

    private Variant variant() {
        return new Variant(model(), temporary);
    }

    private static Variant withQueryBiases(Variant variant) {
        for (int layer = 0; layer < 2; layer++) {
            String attention = "model.layers." + layer + ".self_attn.";
            variant.withWeight(attention + "q_proj.bias", BIAS, 16)
                    .withWeight(attention + "k_proj.bias", BIAS, 8)
                    .withWeight(attention + "v_proj.bias", BIAS, 8);
        }
        return variant;
    }
}
