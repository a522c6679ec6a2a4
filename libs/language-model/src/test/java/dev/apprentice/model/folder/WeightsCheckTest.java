package dev.apprentice.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.safetensors.SafetensorsType;
import dev.apprentice.model.safetensors.SafetensorsWriter;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsCheckTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({
        "tiny-gpt2, transformer.wte.weight, lm_head.weight",
        "tiny-gptneox, gpt_neox.embed_in.weight, embed_out.weight",
        "tiny-llama, model.embed_tokens.weight, lm_head.weight"
    })
    void aHeadThatDiffersFromTheEmbeddingItIsTiedToIsRefused(String model, String embedding, String head) throws IOException {
        Path folder = tied(model);
        addHead(folder, embedding, head, 0);
        try (ModelWeights weights = ModelFolder.open(folder).weights()) {
            assertThat(weights.entries()).containsKey(head);
        }

        addHead(folder, embedding, head, 1);
        assertThatThrownBy(() -> ModelFolder.open(folder).weights())
                .isInstanceOf(ModelException.class)
                .hasMessage(folder.resolve("config.json") + " says that the head is tied to the embedding"
                        + " ('tie_word_embeddings'), but the weights hold a '" + head + "' that differs from '" + embedding
                        + "'; set 'tie_word_embeddings' to false to use it, or remove it from the weights");
    }

    @Test
    void weightsThatTheModelDoesNotHaveDoNoHarm() throws IOException {
        Path folder = Fixtures.modelFolder("tiny-llama", temporary);
        addHead(folder, "model.embed_tokens.weight", "model.layers.7.extra.weight", 1);

        try (ModelWeights weights = ModelFolder.open(folder).weights()) {
            assertThat(weights.entries()).containsKey("model.layers.7.extra.weight");
        }
    }

    private Path tied(String model) throws IOException {
        Path folder = Fixtures.modelFolder(model, temporary.resolve(model));
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config)
                .replaceAll("\"tie_word_embeddings\": \\w+", "\"tie_word_embeddings\": true"));
        return folder;
    }

    /** Adds a copy of the embedding under another name, with {@code change} added to its last byte. */
    private static void addHead(Path folder, String embedding, String head, int change) throws IOException {
        Path weights = folder.resolve("model.safetensors");
        Path original = Files.move(weights, folder.resolve("original.safetensors"));
        try (SafetensorsFile file = SafetensorsFile.open(original)) {
            List<TensorData> tensors = new ArrayList<>();
            file.entries().forEach((name, entry) -> {
                if (!name.equals(head)) {
                    tensors.add(new TensorData(name, entry.type(), entry.shape(), () -> file.data(name)));
                }
            });
            ByteBuffer copy = ByteBuffer.allocate((int) file.entries().get(embedding).length()).put(file.data(embedding));
            copy.put(copy.limit() - 1, (byte) (copy.get(copy.limit() - 1) + change));
            tensors.add(new TensorData(head, SafetensorsType.F32, file.entries().get(embedding).shape(), copy::flip));
            SafetensorsWriter.write(weights, tensors, Map.of());
        }
        Files.delete(original);
    }
}
