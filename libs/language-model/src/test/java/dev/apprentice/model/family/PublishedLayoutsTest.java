package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.safetensors.SafetensorsType;
import dev.apprentice.model.safetensors.SafetensorsWriter;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models are published in shards, in 16 bits, and with or without a separate head. All of these must load as one model. */
class PublishedLayoutsTest {

    private static final int[] IDS = {1, 2, 3, 40, 50, 60, 7, 8};

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({
        "tiny-gpt2, BF16", "tiny-gptneox, BF16", "tiny-llama, BF16", "tiny-gpt2, F16", "tiny-gptneox, F16", "tiny-llama, F16"
    })
    void shardsIn16BitsAreTheModelWithRoundedWeights(String name, SafetensorsType type) throws IOException {
        Path sharded = Fixtures.modelFolder(name, temporary.resolve("sharded"));
        Path rounded = Fixtures.modelFolder(name, temporary.resolve("rounded"));
        Map<String, TensorData> weights = weights(rounded);
        shard(sharded, weights.values().stream().map(data -> halves(data, type)).toList());
        write(rounded, weights.values().stream().map(data -> rounded(data, type)).toList());
        assertThat(logits(sharded)).isEqualTo(logits(rounded)).isNotEqualTo(logits(Fixtures.modelFolder(name, temporary)));
    }

    @ParameterizedTest
    @CsvSource({
        "tiny-gpt2, transformer.wte.weight, lm_head.weight",
        "tiny-gptneox, gpt_neox.embed_in.weight, embed_out.weight",
        "tiny-llama, model.embed_tokens.weight, lm_head.weight",
        "tiny-qwen3, model.embed_tokens.weight, lm_head.weight",
        "tiny-mistral, model.embed_tokens.weight, lm_head.weight",
        "tiny-phi3, model.embed_tokens.weight, lm_head.weight",
        "tiny-olmo2, model.embed_tokens.weight, lm_head.weight",
        "tiny-smollm3, model.embed_tokens.weight, lm_head.weight",
        "tiny-gemma2, model.embed_tokens.weight, lm_head.weight",
        "tiny-gemma3, model.embed_tokens.weight, lm_head.weight"
    })
    void aTiedHeadIsTheEmbeddingAgain(String name, String embedding, String head) throws IOException {
        Path tied = Fixtures.modelFolder(name, temporary.resolve("tied"));
        configure(tied, "tie_word_embeddings", true);
        Path untied = Fixtures.modelFolder(name, temporary.resolve("untied"));
        configure(untied, "tie_word_embeddings", false);
        Map<String, TensorData> weights = weights(untied);
        TensorData copied = weights.get(embedding);
        weights.put(head, new TensorData(head, copied.type(), copied.shape(), copied.pieces()));
        write(untied, List.copyOf(weights.values()));
        weights.remove(head);
        write(tied, List.copyOf(weights.values()));
        assertThat(logits(untied)).isEqualTo(logits(tied));
        configure(untied, "tie_word_embeddings", true);
        assertThat(logits(untied)).isEqualTo(logits(tied));
    }

    private static float[] logits(Path folder) {
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(folder))) {
            return model.logits(IDS);
        }
    }

    private static Map<String, TensorData> weights(Path folder) {
        Map<String, TensorData> weights = new LinkedHashMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(ModelFolder.WEIGHTS))) {
            file.entries().forEach((name, entry) -> {
                ByteBuffer bytes = file.data(name);
                weights.put(name, new TensorData(name, entry.type(), entry.shape(), bytes::duplicate));
            });
        }
        return weights;
    }

    private static void write(Path folder, List<TensorData> weights) {
        SafetensorsWriter.write(folder.resolve(ModelFolder.WEIGHTS), weights, Map.of("format", "pt"));
    }

    private static void shard(Path folder, List<TensorData> weights) throws IOException {
        ObjectNode index = ReferenceModel.JSON.createObjectNode();
        ObjectNode files = index.putObject("weight_map");
        int half = weights.size() / 2;
        List<List<TensorData>> shards = List.of(weights.subList(0, half), weights.subList(half, weights.size()));
        for (int i = 0; i < shards.size(); i++) {
            String file = "model-0000" + (i + 1) + "-of-00002.safetensors";
            SafetensorsWriter.write(folder.resolve(file), shards.get(i), Map.of());
            shards.get(i).forEach(tensor -> files.put(tensor.name(), file));
        }
        Files.delete(folder.resolve(ModelFolder.WEIGHTS));
        ReferenceModel.JSON.writeValue(folder.resolve(ModelFolder.INDEX).toFile(), index);
    }

    /** Returns the numbers with their fractions truncated to the narrower type's. */
    private static TensorData rounded(TensorData data, SafetensorsType type) {
        ByteBuffer source = data.pieces().iterator().next().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer result = ByteBuffer.allocate(source.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        while (source.hasRemaining()) {
            int bits = source.getInt();
            result.putInt(type == SafetensorsType.BF16 ? bits & 0xFFFF0000 : isTiny(bits) ? bits & 0x80000000 : bits & 0xFFFFE000);
        }
        return new TensorData(data.name(), SafetensorsType.F32, data.shape(), result.flip()::duplicate);
    }

    private static TensorData halves(TensorData data, SafetensorsType type) {
        ByteBuffer source = data.pieces().iterator().next().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer result = ByteBuffer.allocate(source.remaining() / 2).order(ByteOrder.LITTLE_ENDIAN);
        while (source.hasRemaining()) {
            int bits = source.getInt();
            result.putShort((short) (type == SafetensorsType.BF16 ? bits >>> Short.SIZE : float16(bits)));
        }
        return new TensorData(data.name(), type, data.shape(), result.flip()::duplicate);
    }

    /** Converts to float16: the sign, 5 bits of exponent, 10 of the fraction. Weights are never too large for the exponent. */
    private static int float16(int bits) {
        int sign = bits >>> 16 & 0x8000;
        return isTiny(bits) ? sign : sign | (bits >>> 13 & 0x3FFFF) - (127 - 15 << 10);
    }

    /** Tells whether a number is subnormal in float16. */
    private static boolean isTiny(int bits) {
        return Math.abs(Float.intBitsToFloat(bits)) < 0x1p-14f;
    }

    private static void configure(Path folder, String field, boolean value) throws IOException {
        Path file = folder.resolve(ModelFolder.CONFIGURATION);
        ObjectNode config = (ObjectNode) ReferenceModel.JSON.readTree(file.toFile());
        config.put(field, value);
        ReferenceModel.JSON.writeValue(file.toFile(), config);
    }
}
