package dev.apprentice.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.folder.ModelWeights;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            assertThat(file.data("token_embd.weight")).isEqualTo(weights.data("transformer.wte.weight"));
            assertThat(file.data("position_embd.weight")).isEqualTo(weights.data("transformer.wpe.weight"));
            assertThat(file.data("output_norm.bias")).isEqualTo(weights.data("transformer.ln_f.bias"));
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

    private static void requireTransposed(GgufFile file, String exported, ModelWeights weights, String name) {
        long[] shape = weights.entries().get(name).shape();
        int rows = (int) shape[0];
        int columns = (int) shape[1];
        assertThat(file.entries().get(exported).shape()).containsExactly(columns, rows);
        FloatBuffer from = weights.data(name).asFloatBuffer();
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
            // heads of four elements: 0 is rotated with 2, and 1 with 3
            assertThat(rows(file.data("blk.1.attn_k.weight"), 0, 1, 2, 3, 4, 5, 6, 7))
                    .isEqualTo(rows(weights.data(attention + "k_proj.weight"), 0, 2, 1, 3, 4, 6, 5, 7));
            assertThat(rows(file.data("blk.1.attn_q.weight"), 12, 13, 14, 15))
                    .isEqualTo(rows(weights.data(attention + "q_proj.weight"), 12, 14, 13, 15));
            assertThat(file.data("blk.1.attn_v.weight")).isEqualTo(weights.data(attention + "v_proj.weight"));
            assertThat(file.data("blk.0.ffn_gate.weight")).isEqualTo(weights.data("model.layers.0.mlp.gate_proj.weight"));
            assertThat(file.data("blk.0.ffn_norm.weight"))
                    .isEqualTo(weights.data("model.layers.0.post_attention_layernorm.weight"));
            assertThat(file.metadata())
                    .containsEntry("llama.attention.head_count", GgufValue.uint32(4))
                    .containsEntry("llama.attention.head_count_kv", GgufValue.uint32(2))
                    .containsEntry("llama.rope.dimension_count", GgufValue.uint32(4))
                    .containsEntry("llama.rope.freq_base", GgufValue.float32(10_000));
        }
    }

    /** Some rows of sixteen floats. */
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
        refused(Fixtures.modelFolder("tiny-gptneox", folder.resolve("neox")), "is of model_type 'gpt_neox', and only gpt2 and llama");

        Path activation = Fixtures.modelFolder("tiny-gpt2", folder.resolve("relu"));
        replace(activation.resolve("config.json"), "\"gelu_new\"", "\"relu\"");
        refused(activation, "has another activation function");

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
