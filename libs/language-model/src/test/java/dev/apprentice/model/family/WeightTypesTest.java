package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.safetensors.SafetensorsType;
import dev.apprentice.model.safetensors.SafetensorsWriter;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that are not float32. {@link PublishedLayoutsTest} checks that each family reads them. */
class WeightTypesTest {

    private static final int[] IDS = {1, 2, 3, 4, 5};
    private static final String NORM = "transformer.ln_f.weight";
    private static final int WIDTH = 32;

    @TempDir
    Path temporary;

    /** Training needs all bits of a weight, and a program that reads config.json must not truncate them. */
    @ParameterizedTest
    @ValueSource(strings = {"dtype", "torch_dtype"})
    void whatIsSavedIsFloat32AndSaysSo(String field) throws IOException {
        ModelFolder narrow = folder("narrow", (name, data) -> halves(name, data));
        Path config = narrow.path().resolve(ModelFolder.CONFIGURATION);
        Files.writeString(config, Files.readString(config).replace("\"dtype\": \"float32\"", "\"" + field + "\": \"bfloat16\""));
        Path saved = temporary.resolve("saved");
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(narrow.path()))) {
            model.save(saved);
            narrow.copyTokenizerFiles(saved);
            assertSameLogits(ModelFolder.open(saved), narrow);
        }
        assertThat(ModelFolder.open(saved).json().get(field).textValue()).isEqualTo("float32");
        try (SafetensorsFile file = SafetensorsFile.open(saved.resolve(ModelFolder.WEIGHTS))) {
            assertThat(file.entries().values()).allMatch(entry -> entry.type() == SafetensorsType.F32);
        }
    }

    @Test
    void otherTypesAreRefused() throws IOException {
        ModelFolder folder = folder("whole", (name, data) -> name.equals(NORM)
                ? new TensorData(name, SafetensorsType.I64, new long[] {WIDTH}, () -> ByteBuffer.allocate(8 * WIDTH))
                : data);
        assertThatThrownBy(() -> LanguageModel.load(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'" + NORM + "'")
                .hasMessageContaining("of type I64")
                .hasMessageContaining("F32, F16 or BF16");
    }

    private static void assertSameLogits(ModelFolder actual, ModelFolder expected) {
        try (LanguageModel model = LanguageModel.load(actual);
                LanguageModel reference = LanguageModel.load(expected)) {
            assertThat(model.logits(IDS)).isEqualTo(reference.logits(IDS));
        }
    }

    private ModelFolder folder(String name, Change change) throws IOException {
        Path folder = Fixtures.modelFolder("tiny-gpt2", temporary.resolve(name));
        Path original = Files.move(folder.resolve(ModelFolder.WEIGHTS), folder.resolve("original.safetensors"));
        try (SafetensorsFile file = SafetensorsFile.open(original)) {
            List<TensorData> tensors = new ArrayList<>();
            file.entries().forEach((tensor, entry) -> tensors.add(change.of(
                    tensor, new TensorData(tensor, entry.type(), entry.shape(), () -> file.data(tensor)))));
            SafetensorsWriter.write(folder.resolve(ModelFolder.WEIGHTS), tensors, Map.of());
        }
        return ModelFolder.open(folder);
    }

    private static TensorData halves(String name, TensorData data) {
        FloatBuffer source = data.pieces().iterator().next().asFloatBuffer();
        ByteBuffer result = ByteBuffer.allocate(2 * source.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        while (source.hasRemaining()) {
            result.putShort((short) (Float.floatToRawIntBits(source.get()) >>> 16));
        }
        return new TensorData(name, SafetensorsType.BF16, data.shape(), result::flip);
    }

    private interface Change {
        TensorData of(String name, TensorData data);
    }
}
