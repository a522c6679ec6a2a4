package dev.apprentice.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.TensorEntry;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelWeightsTest {

    private static final String FIRST = "model-00001-of-00002.safetensors";
    private static final String SECOND = "model-00002-of-00002.safetensors";

    @TempDir
    Path temporary;

    private Path folder;
    private final Map<String, ByteBuffer> expected = new HashMap<>();

    @BeforeEach
    void layOut() {
        folder = Fixtures.modelFolder("tiny-gpt2", temporary.resolve("tiny-gpt2"));
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
            file.entries().keySet().forEach(name -> expected.put(name, file.data(name)));
        }
    }

    @Test
    void oneFileGivesAllItsTensors() {
        requireAllTensors();
    }

    @Test
    void shardsGiveTheSameTensorsAsOneFile() throws IOException {
        shard();

        requireAllTensors();
    }

    private void requireAllTensors() {
        try (ModelWeights weights = ModelFolder.open(folder).weights()) {
            assertThat(weights.entries()).hasSameSizeAs(expected).containsOnlyKeys(expected.keySet());
            expected.forEach((name, bytes) -> {
                assertThat(weights.data(name)).isEqualTo(bytes);
                ByteBuffer read = ByteBuffer.allocate(bytes.remaining());
                weights.parts(name).forEach(read::put);
                assertThat(read.flip()).isEqualTo(bytes);
            });
        }
    }

    @Test
    void anUnknownTensorIsNamed() {
        try (ModelWeights weights = ModelFolder.open(folder).weights()) {
            assertThatThrownBy(() -> weights.data("lm_head.weight"))
                    .isInstanceOf(ModelException.class)
                    .hasMessage(folder + " has no tensor 'lm_head.weight'");
        }
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        shard();
        Files.delete(folder.resolve(SECOND));

        requireRefused(folder.resolve(SECOND) + " is missing");
    }

    @Test
    void aTensorThatItsShardLacksIsNamed() throws IOException {
        ObjectNode index = shard();
        index.withObject("/weight_map").put("transformer.wte.weight.scale", FIRST);
        write(index);

        requireRefused(folder.resolve(ModelFolder.INDEX) + " says that tensor 'transformer.wte.weight.scale' is in "
                + FIRST + ", but that file does not have it; download both again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../model.safetensors", "/etc/model.safetensors", "sub/model.safetensors", "pytorch_model.bin", ""})
    void anIndexThatLeadsOutOfTheFolderIsNotFollowed(String name) throws IOException {
        ObjectNode index = shard();
        index.withObject("/weight_map").put("transformer.wte.weight", name);
        write(index);

        requireRefused(folder.resolve(ModelFolder.INDEX) + ": 'weight_map' names the file \"" + name
                + "\"; it must be a .safetensors file in the same folder");
    }

    @Test
    void anIndexWithoutAMapIsRefused() throws IOException {
        shard();
        Files.writeString(folder.resolve(ModelFolder.INDEX), "{\"metadata\": {}}");

        requireRefused(folder.resolve(ModelFolder.INDEX) + " must have a 'weight_map' that names the file of each tensor");
    }

    private void requireRefused(String message) {
        ModelFolder opened = ModelFolder.open(folder);
        assertThatThrownBy(opened::weights).isInstanceOf(ModelException.class).hasMessage(message);
    }

    /** Splits the weights into two files with an index, as save_pretrained does for large models. */
    private ObjectNode shard() throws IOException {
        Path whole = folder.resolve("model.safetensors");
        ObjectNode index = new ObjectMapper().createObjectNode();
        ObjectNode weightMap = index.putObject("weight_map");
        List<TensorData> first = new ArrayList<>();
        List<TensorData> second = new ArrayList<>();
        try (SafetensorsFile file = SafetensorsFile.open(whole)) {
            for (TensorEntry<SafetensorsType> entry : file.entries().values()) {
                boolean early = weightMap.size() % 2 == 0;
                weightMap.put(entry.name(), early ? FIRST : SECOND);
                (early ? first : second)
                        .add(new TensorData(entry.name(), entry.type(), entry.shape(), () -> file.data(entry.name())));
            }
            SafetensorsWriter.write(folder.resolve(FIRST), first, Map.of());
            SafetensorsWriter.write(folder.resolve(SECOND), second, Map.of());
        }
        Files.delete(whole);
        write(index);
        return index;
    }

    private void write(ObjectNode index) throws IOException {
        Files.writeString(folder.resolve(ModelFolder.INDEX), index.toString());
    }
}
