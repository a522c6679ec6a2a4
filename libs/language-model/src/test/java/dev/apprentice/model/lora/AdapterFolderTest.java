package dev.apprentice.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks reading and writing against PEFT: names, shapes and fields are those of an adapter of this model that PEFT 0.21 saved. */
class AdapterFolderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int[] IDS = {1, 2, 3};

    @TempDir
    Path temporary;

    private Path base;
    private Path adapter;

    @BeforeEach
    void save() {
        base = Fixtures.modelFolder("tiny-gpt2", temporary.resolve("base"));
        adapter = temporary.resolve("adapter");
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(base))) {
            model.adapt(new LoraSettings(3, 12, 0.05, List.of("c_attn", "c_fc"), 5));
            model.saveAdapter(adapter);
        }
    }

    @Test
    void namesAndShapesArePeftsAlsoWhereMatricesAreStoredInputByOutput() {
        try (SafetensorsFile file = SafetensorsFile.open(adapter.resolve("adapter_model.safetensors"))) {
            Map<String, List<Long>> shapes = file.entries().values().stream()
                    .filter(entry -> entry.name().contains(".h.0."))
                    .collect(Collectors.toMap(
                            entry -> entry.name(), entry -> List.of(entry.shape()[0], entry.shape()[1])));
            assertThat(shapes).isEqualTo(Map.of(
                    "base_model.model.transformer.h.0.attn.c_attn.lora_A.weight", List.of(3L, 32L),
                    "base_model.model.transformer.h.0.attn.c_attn.lora_B.weight", List.of(96L, 3L),
                    "base_model.model.transformer.h.0.mlp.c_fc.lora_A.weight", List.of(3L, 32L),
                    "base_model.model.transformer.h.0.mlp.c_fc.lora_B.weight", List.of(128L, 3L)));
            assertThat(file.entries()).hasSize(8);
        }
    }

    @Test
    void configurationSaysWhatPeftNeeds() throws IOException {
        JsonNode config = JSON.readTree(adapter.resolve("adapter_config.json").toFile());
        assertThat(config.get("peft_type").textValue()).isEqualTo("LORA");
        assertThat(config.get("task_type").textValue()).isEqualTo("CAUSAL_LM");
        assertThat(Path.of(config.get("base_model_name_or_path").textValue())).isEqualTo(base.toAbsolutePath());
        assertThat(config.get("r").intValue()).isEqualTo(3);
        assertThat(config.get("lora_alpha").isInt()).isTrue();
        assertThat(config.get("lora_alpha").intValue()).isEqualTo(12);
        assertThat(config.get("lora_dropout").doubleValue()).isEqualTo(0.05);
        assertThat(config.get("target_modules")).map(JsonNode::textValue).containsExactly("c_attn", "c_fc");
        assertThat(config.get("fan_in_fan_out").booleanValue()).isTrue();
    }

    /** Python's regular expressions differ from Java's. */
    @Test
    void modulesThatARegularExpressionMeansAreListedOneByOne() throws IOException {
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(base))) {
            model.adapt(LoraSettings.of(2, ".*\\.1\\..*c_(attn|fc)"));
            model.saveAdapter(temporary.resolve("listed"));
        }
        JsonNode config = JSON.readTree(temporary.resolve("listed").resolve("adapter_config.json").toFile());
        assertThat(config.get("target_modules"))
                .map(JsonNode::textValue)
                .containsExactly("transformer.h.1.attn.c_attn", "transformer.h.1.mlp.c_fc");
        assertThat(ModelFolder.open(temporary.resolve("listed")).path()).isEqualTo(temporary.resolve("listed"));
    }

    @Test
    void anAdapterAloneStandsForItsBaseModelWithIt() {
        ModelFolder folder = ModelFolder.open(adapter);
        assertThat(folder.configuration()).isEqualTo(ModelFolder.open(base).configuration());
        folder.tokenizer().close();
        folder.copyTokenizerFiles(temporary.resolve("copied"));
        assertThat(temporary.resolve("copied").resolve("tokenizer.json")).exists();
        try (LanguageModel model = LanguageModel.load(folder)) {
            assertThat(model.isAdapted()).isTrue();
            model.adapt(new LoraSettings(3, 12, 0.05, List.of(".*c_(attn|fc)"), 99)); // selects the modules by another pattern
            assertThat(model.logits(IDS)).hasSize(257);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "peft_type | 'IA3' | peft_type is 'IA3'; only LORA is supported",
        "use_dora | true | field 'use_dora' is true; that variant of LoRA is not supported",
        "use_rslora | true | field 'use_rslora' is true",
        "bias | 'all' | field 'bias' is \"all\"; only \"none\" is supported",
        "modules_to_save | ['lm_head'] | field 'modules_to_save' is [\"lm_head\"]",
        "layers_to_transform | [1] | field 'layers_to_transform' is [1]",
        "rank_pattern | {'c_fc': 2} | field 'rank_pattern' is",
        "init_lora_weights | 'pissa' | field 'init_lora_weights' is \"pissa\"; creating such an adapter changed the base model's weights",
        "init_lora_weights | 'pissa_niter_4' | merge the adapter with PEFT (merge_and_unload, save_pretrained)",
        "init_lora_weights | 'olora' | field 'init_lora_weights' is \"olora\"",
        "init_lora_weights | 'corda' | field 'init_lora_weights' is \"corda\"",
        "init_lora_weights | 'loftq' | field 'init_lora_weights' is \"loftq\"",
        "init_lora_weights | 'lora_ga' | field 'init_lora_weights' is \"lora_ga\"",
        "init_lora_weights | 'of_next_year' | field 'init_lora_weights' is \"of_next_year\"",
        "arrow_config | {'top_k': 2} | field 'arrow_config' is {\"top_k\":2}; that variant of LoRA is not supported; merge the adapter",
        "use_of_next_year | true | field 'use_of_next_year' is true; that variant of LoRA is not supported",
        "task_type | 'SEQ_CLS' | field 'task_type' is \"SEQ_CLS\"; only \"CAUSAL_LM\" is supported",
        "r | 0 | field 'r' is 0",
        "lora_alpha | -1 | LoRA's alpha is -1.0; it must be above 0",
        "target_modules | [] | LoRA's targets is []; it must be at least one name pattern",
        "target_modules | ['c_attn'] | no entry of target_modules in adapter_config.json selects",
        "target_modules | 'all-linear' | lacks the tensor 'base_model.model.transformer.h.0.attn.c_proj.lora_A.weight'",
        "r | 2 | has the shape [3, 32], but rank and model require [2, 32]",
        "base_model_name_or_path | '/no/such/model' | the base model '/no/such/model' of the adapter in"
    })
    void whatDoesNotFitIsNamed(String field, String value, String message) throws IOException {
        Path file = adapter.resolve("adapter_config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        config.set(field, JSON.readTree(value.replace('\'', '"')));
        JSON.writeValue(file.toFile(), config);
        assertThatThrownBy(() -> LanguageModel.load(ModelFolder.open(adapter)).close())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(adapter.toString())
                .hasMessageContaining(message);
    }

    /** Tests also an adapter of itself, which would otherwise recurse for ever. */
    @Test
    void anAdapterOfAnAdapterIsRefused() throws IOException {
        Path second = Files.createDirectory(temporary.resolve("second"));
        for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
            Files.copy(adapter.resolve(name), second.resolve(name));
        }
        nameAsBase(second, adapter);
        requireRefused(second, adapter);
        nameAsBase(adapter, second);
        requireRefused(second, adapter);
        nameAsBase(second, second);
        requireRefused(second, second);
    }

    @Test
    void anAdapterOfAnAdapterOnTheHubIsRefused() throws IOException {
        nameAsBase(adapter, Path.of("someone", "adapter"));
        assertThatThrownBy(() -> ModelFolder.open(adapter, name -> {
                    assertThat(name).isEqualTo("hf:someone/adapter");
                    return adapter;
                }))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the base model " + adapter + " of the adapter in " + adapter + " is itself an adapter");
    }

    private static void nameAsBase(Path folder, Path named) throws IOException {
        Path file = folder.resolve("adapter_config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        JSON.writeValue(file.toFile(), config.put("base_model_name_or_path", named.toString()));
    }

    private static void requireRefused(Path folder, Path named) {
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(ModelException.class)
                .hasMessage("the base model " + named + " of the adapter in " + folder + " is itself an adapter, which is not supported;"
                        + " merge that adapter into its model, and set 'base_model_name_or_path' in adapter_config.json to the"
                        + " merged model");
    }

    /** PEFT writes many fields with null, false and empty values, which have no effect. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "'gaussian'", "'eva'", "'orthogonal'"})
    void fieldsThatSayNothingDoNoHarm(String initialisation) throws IOException {
        Path file = adapter.resolve("adapter_config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        config.setAll((ObjectNode) JSON.readTree("{\"use_dora\": false, \"modules_to_save\": null, \"rank_pattern\": {},"
                + " \"peft_version\": \"0.21.0\", \"qalora_group_size\": 16, \"megatron_core\": \"megatron.core\","
                + " \"loftq_config\": {}, \"task_type\": null, \"init_lora_weights\": " + initialisation.replace('\'', '"') + ", \"layers_to_transform\": null, \"target_modules\": \".*c_(attn|fc)\"}"));
        JSON.writeValue(file.toFile(), config);
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(adapter))) {
            assertThat(model.isAdapted()).isTrue();
        }
    }

    @Test
    void pickledWeightsAreRefusedWithTheReasonAndNoneAreMissed() throws IOException {
        Files.move(adapter.resolve("adapter_model.safetensors"), adapter.resolve("adapter_model.bin"));
        assertThatThrownBy(() -> LanguageModel.load(ModelFolder.open(adapter)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the adapter in " + adapter + " has only pickled weights (adapter_model.bin), which can execute"
                        + " any code when opened");
        Files.delete(adapter.resolve("adapter_model.bin"));
        assertThatThrownBy(() -> LanguageModel.load(ModelFolder.open(adapter)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(adapter.resolve("adapter_model.safetensors") + " is missing");
    }

    @Test
    void aModelWithoutAnAdapterHasNoneToSave() {
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(base))) {
            assertThatThrownBy(() -> model.saveAdapter(adapter))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("has no adapter");
        }
    }
}
