package dev.apprentice.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.TensorEntry;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.folder.ModelWeights;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GgufExportTest {

    private static final int GPT2_WEIGHTS = 2 + 2 * 12 + 2;
    private static final int LLAMA_WEIGHTS = 1 + 2 * 9 + 1;

    @TempDir Path folder;

    private Path out;

    @BeforeEach
    void nameTheFile() {
        out = folder.resolve("model.gguf");
    }

    @Test
    void gpt2sMatricesAreTransposedAndTheRestIsAsItWas() {
        ModelFolder model = ModelFolder.open(Fixtures.modelFolder("tiny-gpt2", folder.resolve("gpt2")));
        GgufExport.write(model, out);

        try (GgufFile file = GgufFile.open(out);
                ModelWeights weights = model.weights()) {
            assertThat(file.entries()).hasSize(GPT2_WEIGHTS);
            assertThat(file.data("token_embd.weight")).isEqualTo(data(weights, "transformer.wte.weight"));
            assertThat(file.data("position_embd.weight")).isEqualTo(data(weights, "transformer.wpe.weight"));
            assertThat(file.data("output_norm.bias")).isEqualTo(data(weights, "transformer.ln_f.bias"));
            requireTransposed(file, "blk.1.attn_qkv.weight", weights, "transformer.h.1.attn.c_attn.weight");
            requireTransposed(file, "blk.0.attn_output.weight", weights, "transformer.h.0.attn.c_proj.weight");
            requireTransposed(file, "blk.0.ffn_up.weight", weights, "transformer.h.0.mlp.c_fc.weight");
            requireTransposed(file, "blk.1.ffn_down.weight", weights, "transformer.h.1.mlp.c_proj.weight");
            assertThat(file.metadata())
                    .containsEntry("general.architecture", new GgufValue.Text("gpt2"))
                    .containsEntry("gpt2.block_count", GgufValue.uint32(2))
                    .containsEntry("gpt2.context_length", GgufValue.uint32(512))
                    .containsEntry("gpt2.embedding_length", GgufValue.uint32(32))
                    .containsEntry("gpt2.feed_forward_length", GgufValue.uint32(128))
                    .containsEntry("gpt2.attention.head_count", GgufValue.uint32(2))
                    .containsEntry("gpt2.attention.layer_norm_epsilon", new GgufValue.Real(GgufValueType.FLOAT32, 1e-5f));
        }
    }

    private static ByteBuffer data(ModelWeights weights, String name) {
        ByteBuffer all = ByteBuffer.allocate((int) weights.entries().get(name).length()).order(ByteOrder.LITTLE_ENDIAN);
        weights.read(name, 0, all);
        return all.flip();
    }

    private static void requireTransposed(GgufFile file, String exported, ModelWeights weights, String name) {
        long[] shape = weights.entries().get(name).shape();
        int rows = (int) shape[0];
        int columns = (int) shape[1];
        assertThat(file.entries().get(exported).shape()).containsExactly(columns, rows);
        FloatBuffer from = data(weights, name).asFloatBuffer();
        FloatBuffer turned = file.data(exported).asFloatBuffer();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                assertThat(turned.get(column * rows + row)).isEqualTo(from.get(row * columns + column));
            }
        }
    }

    @Test
    void llamasQueriesAndKeysAreInTheOrderInWhichLlamaCppRotates() {
        ModelFolder model = ModelFolder.open(Fixtures.modelFolder("tiny-llama", folder.resolve("llama")));
        GgufExport.write(model, out);

        try (GgufFile file = GgufFile.open(out);
                ModelWeights weights = model.weights()) {
            assertThat(file.entries()).hasSize(LLAMA_WEIGHTS).doesNotContainKey("rope_freqs.weight");
            String attention = "model.layers.1.self_attn.";
            // heads of four elements: 0 is paired with 2, and 1 with 3
            assertThat(rows(file.data("blk.1.attn_k.weight"), 0, 1, 2, 3, 4, 5, 6, 7))
                    .isEqualTo(rows(data(weights, attention + "k_proj.weight"), 0, 2, 1, 3, 4, 6, 5, 7));
            assertThat(rows(file.data("blk.1.attn_q.weight"), 12, 13, 14, 15))
                    .isEqualTo(rows(data(weights, attention + "q_proj.weight"), 12, 14, 13, 15));
            assertThat(file.data("blk.1.attn_v.weight")).isEqualTo(data(weights, attention + "v_proj.weight"));
            assertThat(file.data("blk.0.ffn_gate.weight")).isEqualTo(data(weights, "model.layers.0.mlp.gate_proj.weight"));
            assertThat(file.data("blk.0.ffn_norm.weight"))
                    .isEqualTo(data(weights, "model.layers.0.post_attention_layernorm.weight"));
            assertThat(file.metadata())
                    .containsEntry("llama.attention.head_count", GgufValue.uint32(4))
                    .containsEntry("llama.attention.head_count_kv", GgufValue.uint32(2))
                    .containsEntry("llama.rope.dimension_count", GgufValue.uint32(4))
                    .containsEntry("llama.rope.freq_base", GgufValue.float32(10_000));
        }
    }

    /**
     * GPT-NeoX stores query, key and value of each of its two heads of eight elements together; llama.cpp stores each part's heads
     * together.
     */
    @Test
    void gptNeoXsQueriesKeysAndValuesAreTakenApart() {
        ModelFolder model = ModelFolder.open(Fixtures.modelFolder("tiny-gptneox", folder.resolve("neox")));
        GgufExport.write(model, out);

        try (GgufFile file = GgufFile.open(out);
                ModelWeights weights = model.weights()) {
            assertThat(file.entries()).hasSize(1 + 2 * 12 + 2 + 1);
            String fused = "gpt_neox.layers.1.attention.query_key_value.weight";
            // the second head's queries, the first head's keys, the second head's values
            assertThat(rows(file.data("blk.1.attn_qkv.weight"), 8, 15, 16, 23, 40, 47))
                    .isEqualTo(rows(data(weights, fused), 24, 31, 8, 15, 40, 47));
            assertThat(file.data("blk.0.ffn_norm.bias")).isEqualTo(data(weights, "gpt_neox.layers.0.post_attention_layernorm.bias"));
            assertThat(file.data("output.weight")).isEqualTo(data(weights, "embed_out.weight"));
            assertThat(file.metadata())
                    .containsEntry("general.architecture", new GgufValue.Text("gptneox"))
                    .containsEntry("gptneox.use_parallel_residual", new GgufValue.Flag(true))
                    .containsEntry("gptneox.rope.dimension_count", GgufValue.uint32(2))
                    .containsEntry("gptneox.attention.layer_norm_epsilon", new GgufValue.Real(GgufValueType.FLOAT32, 1e-5f))
                    .doesNotContainKey("gptneox.attention.layer_norm_rms_epsilon");
        }
    }

    @Test
    void qwen2KeepsItsOrderAndItsBiasesAndPressedPositionsAreAFactor() throws IOException {
        Path path = Fixtures.modelFolder("tiny-qwen2", folder.resolve("qwen2"));
        replace(path.resolve("config.json"), "\"rope_type\": \"default\"", "\"rope_type\": \"linear\", \"factor\": 4.0");
        ModelFolder model = ModelFolder.open(path);
        GgufExport.write(model, out);

        try (GgufFile file = GgufFile.open(out);
                ModelWeights weights = model.weights()) {
            assertThat(file.entries()).hasSize(1 + 2 * 12 + 1).doesNotContainKey("rope_freqs.weight");
            for (String part : List.of("q", "k", "v")) {
                String attention = "model.layers.1.self_attn." + part + "_proj.";
                assertThat(file.data("blk.1.attn_" + part + ".weight")).isEqualTo(data(weights, attention + "weight"));
                assertThat(file.data("blk.1.attn_" + part + ".bias")).isEqualTo(data(weights, attention + "bias"));
            }
            assertThat(file.metadata())
                    .containsEntry("qwen2.rope.scaling.type", new GgufValue.Text("linear"))
                    .containsEntry("qwen2.rope.scaling.factor", GgufValue.float32(4));
        }
    }

    /** Names from llama.cpp's gguf-py/gguf/constants.py. */
    @ParameterizedTest
    @CsvSource({
        "tiny-qwen3, qwen3, 24, blk.1.attn_q_norm.weight, model.layers.1.self_attn.q_norm.weight",
        "tiny-phi3, phi3, 15, blk.0.ffn_up.weight, model.layers.0.mlp.gate_up_proj.weight",
        "tiny-phi3, phi3, 15, blk.1.attn_qkv.weight, model.layers.1.self_attn.qkv_proj.weight",
        "tiny-olmo2, olmo2, 25, blk.0.post_attention_norm.weight, model.layers.0.post_attention_layernorm.weight",
        "tiny-olmo2, olmo2, 25, blk.1.post_ffw_norm.weight, model.layers.1.post_feedforward_layernorm.weight",
        "tiny-mistral, llama, 21, blk.1.ffn_norm.weight, model.layers.1.post_attention_layernorm.weight",
        "tiny-smollm3, smollm3, 38, blk.2.attn_v.weight, model.layers.2.self_attn.v_proj.weight"
    })
    void laterFamiliesHaveLlamaCppsNames(String name, String architecture, int tensors, String exported, String weight)
            throws IOException {
        Path path = Fixtures.modelFolder(name, folder.resolve(name));
        Path config = path.resolve("config.json");
        Files.writeString(config, Files.readString(config)
                .replace("\"sliding_window\": 23", "\"sliding_window\": null")
                .replaceAll("\"no_rope_layers\": \\[[^]]*]", "\"no_rope_layers\": [1, 1, 1, 0]"));
        ModelFolder model = ModelFolder.open(path);
        GgufExport.write(model, out);

        try (GgufFile file = GgufFile.open(out);
                ModelWeights weights = model.weights()) {
            assertThat(file.entries()).hasSize(tensors);
            assertThat(file.data(exported)).isEqualTo(data(weights, weight));
            assertThat(file.metadata())
                    .containsEntry("general.architecture", new GgufValue.Text(architecture))
                    .containsKey(architecture + ".attention.layer_norm_rms_epsilon");
        }
    }

    @Test
    void windowsAndLayersWithoutPositionsThatLlamaCppHasNotAreRefused() {
        refused(Fixtures.modelFolder("tiny-mistral", folder.resolve("mistral")),
                "has a sliding window of 23 tokens, which llama.cpp does not support for mistral");
        refused(Fixtures.modelFolder("tiny-smollm3", folder.resolve("smollm3")), "has layers without positions other than every fourth one");
        refused(Fixtures.modelFolder("tiny-gemma2", folder.resolve("gemma2")), "is of model_type 'gemma2', and only gpt2");
    }

    @Test
    void qwen2sTokenizerIsKnownByItsSplit() throws IOException {
        Path path = Fixtures.modelFolder("tiny-qwen2", folder.resolve("qwen2"));
        ObjectMapper json = new ObjectMapper();
        ObjectNode tokenizer = (ObjectNode) json.readTree(path.resolve("tokenizer.json").toFile());
        tokenizer.set("normalizer", json.readTree("{\"type\": \"NFC\"}"));
        tokenizer.set("pre_tokenizer", json.readTree("""
                {"type": "Sequence", "pretokenizers": [
                  {"type": "Split", "pattern": {"Regex": "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+"},
                   "behavior": "Isolated", "invert": false},
                  {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": false}]}"""));
        json.writeValue(path.resolve("tokenizer.json").toFile(), tokenizer);
        Files.writeString(path.resolve("tokenizer_config.json"), "{\"chat_template\": \"{{ messages }}\"}");
        GgufExport.write(ModelFolder.open(path), out);

        try (GgufFile file = GgufFile.open(out)) {
            assertThat(file.metadata())
                    .containsEntry("tokenizer.ggml.pre", new GgufValue.Text("qwen2"))
                    .containsEntry("tokenizer.chat_template", new GgufValue.Text("{{ messages }}"));
        }
    }

    /** An element may move by at most half a step of its block's scale. */
    @Test
    void matricesInQ8AreWithinHalfAStepOfWhatTheyWere() throws IOException {
        ModelFolder model = ModelFolder.open(Fixtures.modelFolder("tiny-qwen2", folder.resolve("qwen2")));
        GgufExport.write(model, out, Optional.of(GgufType.Q8_0));

        try (GgufFile file = GgufFile.open(out);
                ModelWeights weights = model.weights()) {
            assertThat(file.metadata()).containsEntry("general.file_type", GgufValue.uint32(7));
            assertThat(file.entries().get("blk.0.attn_norm.weight").type()).isEqualTo(GgufType.F32);
            for (String name : List.of("token_embd", "blk.1.ffn_down")) {
                assertThat(file.entries().get(name + ".weight").type()).isEqualTo(GgufType.Q8_0);
                TensorEntry<GgufType> entry = file.entries().get(name + ".weight");
                ByteBuffer blocks = ByteBuffer.wrap(Files.readAllBytes(out), (int) entry.begin(), (int) entry.length())
                        .order(ByteOrder.LITTLE_ENDIAN);
                FloatBuffer exact = data(weights, name.equals("token_embd")
                                ? "model.embed_tokens.weight"
                                : "model.layers.1.mlp.down_proj.weight")
                        .asFloatBuffer();
                assertThat(blocks.remaining()).isEqualTo(exact.remaining() / 32 * 34);
                requireWithinHalfAStep(blocks, exact);
            }
        }
    }

    private static void requireWithinHalfAStep(ByteBuffer blocks, FloatBuffer exact) {
        while (blocks.hasRemaining()) {
            float[] block = new float[32];
            exact.get(block);
            double scale = halfPrecision(blocks.getShort());
            for (float element : block) {
                assertThat(blocks.get() * scale).isCloseTo(element, within(scale * 0.57));
            }
        }
    }

    /** Decodes a positive number that is not subnormal. */
    private static double halfPrecision(short bits) {
        return Math.scalb(1 + (bits & 0x3FF) / 1024.0, (bits >> 10) - 15);
    }

    /** Rows of 16 elements are half a block of Q8_0. */
    @Test
    void matricesWhoseRowsAreNoWholeBlocksAreFloat16() {
        GgufExport.write(
                ModelFolder.open(Fixtures.modelFolder("tiny-llama", folder.resolve("llama"))), out, Optional.of(GgufType.Q8_0));

        try (GgufFile file = GgufFile.open(out)) {
            assertThat(file.entries().get("blk.0.attn_q.weight").type()).isEqualTo(GgufType.F16);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3C00, 3F80",
        "-2.5, C100, C020",
        "0.1, 2E66, 3DCD",
        "65504, 7BFF, 4780",
        "65520, 7C00, 4780",
        "0.00006103515625, 0400, 3880",
        "0.000000059604644775390625, 0001, 3380",
        "0.00000008940696716308594, 0002, 33C0",
        "0.00000002, 0000, 32AC",
        "2049, 6800, 4500",
        "2051, 6802, 4500",
        "1e-45, 0000, 0000"
    })
    void halvesAreRoundedToTheNearestAsNumpyAndPyTorchDo(float value, String float16, String bfloat16) {
        assertThat(String.format("%04X", ElementEncoder.float16(value))).isEqualTo(float16);
        assertThat(String.format("%04X", ElementEncoder.bfloat16(value))).isEqualTo(bfloat16);
    }

    /** Returns some rows of sixteen floats each. */
    private static List<FloatBuffer> rows(ByteBuffer data, int... rows) {
        FloatBuffer floats = data.asFloatBuffer();
        return Arrays.stream(rows).mapToObj(row -> floats.slice(row * 16, 16)).toList();
    }

    @Test
    void theTokenizerIsWrittenWithItsTypesAndItsEnd() {
        GgufExport.write(ModelFolder.open(Fixtures.modelFolder("tiny-gpt2", folder.resolve("gpt2"))), out);

        try (GgufFile file = GgufFile.open(out)) {
            List<GgufValue> tokens = ((GgufValue.Array) file.metadata().get("tokenizer.ggml.tokens")).values();
            List<GgufValue> types = ((GgufValue.Array) file.metadata().get("tokenizer.ggml.token_type")).values();
            assertThat(tokens).hasSize(257).startsWith(new GgufValue.Text("!")).endsWith(new GgufValue.Text("<|endoftext|>"));
            assertThat(types).hasSize(257).endsWith(
                    new GgufValue.Whole(GgufValueType.INT32, 1), new GgufValue.Whole(GgufValueType.INT32, 3));
            assertThat(file.metadata())
                    .containsEntry("tokenizer.ggml.model", new GgufValue.Text("gpt2"))
                    .containsEntry("tokenizer.ggml.pre", new GgufValue.Text("gpt-2"))
                    .containsEntry("tokenizer.ggml.eos_token_id", GgufValue.uint32(256))
                    .containsEntry("tokenizer.ggml.add_bos_token", new GgufValue.Flag(false));
        }
    }

    /** llama.cpp requires special tokens of a model with such a name, and fails without them. A byte-level BPE need not have them. */
    @Test
    void noNameHasLlamaCppExpectPhi3sOwnTokens() {
        GgufExport.write(ModelFolder.open(Fixtures.modelFolder("tiny-gpt2", folder.resolve("my-Phi-3-phi3.tuned"))), out);

        try (GgufFile file = GgufFile.open(out)) {
            assertThat(file.metadata()).containsEntry("general.name", new GgufValue.Text("my-phi 3-phi 3.tuned"));
        }
    }

    @Test
    void scaledRotationsAreWrittenAsDivisors() throws IOException {
        Path model = Fixtures.modelFolder("tiny-llama", folder.resolve("llama"));
        replace(model.resolve("config.json"), "\"rope_type\": \"default\"", "\"rope_type\": \"linear\", \"factor\": 4.0");
        GgufExport.write(ModelFolder.open(model), out);

        try (GgufFile file = GgufFile.open(out)) {
            FloatBuffer divisors = file.data("rope_freqs.weight").asFloatBuffer();
            assertThat(divisors.remaining()).isEqualTo(2);
            assertThat(divisors.get(0)).isEqualTo(4f);
            assertThat(divisors.get(1)).isEqualTo(4f);
        }
    }

    @Test
    void whatLlamaCppWouldRunOtherwiseIsRefused() throws IOException {
        Path adapter = Fixtures.modelFolder("tiny-llama", folder.resolve("adapter"));
        Files.writeString(adapter.resolve("adapter_config.json"), "{}");
        refused(adapter, "holds an adapter; merge it with its model first");

        Path scaled = Fixtures.modelFolder("tiny-qwen2", folder.resolve("scaled"));
        replace(scaled.resolve("config.json"), "\"rope_type\": \"default\"", "\"rope_type\": \"llama3\", \"factor\": 8.0,"
                + " \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0, \"original_max_position_embeddings\": 64");
        refused(scaled, "has a rope scaling that llama.cpp does not support for qwen2");

        Path activation = Fixtures.modelFolder("tiny-gpt2", folder.resolve("relu"));
        replace(activation.resolve("config.json"), "\"gelu_new\"", "\"relu\"");
        refused(activation, "has an activation function that llama.cpp does not support for gpt2");

        Path tokenizer = Fixtures.modelFolder("tiny-gpt2", folder.resolve("prefixed"));
        replace(tokenizer.resolve("tokenizer.json"), "\"add_prefix_space\": false", "\"add_prefix_space\": true");
        refused(tokenizer, tokenizer.resolve("tokenizer.json") + " cannot be written as GGUF: only the pre-tokenizers of GPT-2");
    }

    private static void replace(Path file, String text, String by) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, by));
    }

    private void refused(Path model, String why) {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> GgufExport.write(ModelFolder.open(model), out))
                .withMessageContaining(why);
        assertThat(out).doesNotExist();
    }
}
