package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.safetensors.SafetensorsType;
import dev.apprentice.model.safetensors.SafetensorsWriter;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** A fixture's model with a changed configuration, and with added weights that the configuration requires. */
final class Variant {

    /** The 40 tokens for which transformers computed the expected logits. */
    private static final int[] IDS = IntStream.range(0, 40).map(i -> i * 7 % 257).toArray();

    private final Path folder;
    private final List<TensorData> added = new ArrayList<>();

    Variant(String model, Path folder) {
        this.folder = Fixtures.modelFolder(model, folder);
    }

    Variant with(String field, String json) {
        try {
            Path file = folder.resolve(ModelFolder.CONFIGURATION);
            ObjectNode config = (ObjectNode) ReferenceModel.JSON.readTree(file.toFile());
            JsonNode value = ReferenceModel.JSON.readTree(json.replace('\'', '"'));
            config.set(field, value);
            ReferenceModel.JSON.writeValue(file.toFile(), config);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Variant withWeight(String name, IntToDoubleFunction element, long... shape) {
        int elements = (int) IntStream.range(0, shape.length).mapToLong(i -> shape[i]).reduce(1, (a, b) -> a * b);
        ByteBuffer bytes = ByteBuffer.allocate(elements * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, elements).forEach(i -> bytes.putFloat((float) element.applyAsDouble(i)));
        added.add(new TensorData(name, SafetensorsType.F32, shape, bytes::flip));
        return this;
    }

    ModelFolder open() {
        if (!added.isEmpty()) {
            rewriteWeights();
        }
        return ModelFolder.open(folder);
    }

    private void rewriteWeights() {
        Path weights = folder.resolve(ModelFolder.WEIGHTS);
        Path original = folder.resolve("original.safetensors");
        try {
            Files.move(weights, original);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (SafetensorsFile file = SafetensorsFile.open(original)) {
            List<TensorData> tensors = new ArrayList<>(added);
            file.entries().forEach((name, entry) ->
                    tensors.add(new TensorData(name, entry.type(), entry.shape(), () -> file.data(name))));
            SafetensorsWriter.write(weights, tensors, Map.of());
        }
    }

    /** @param expected the first logits that transformers 5.18 returns */
    void assertLogits(double... expected) {
        try (LanguageModel model = LanguageModel.load(open())) {
            float[] logits = model.logits(IDS);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) logits[i]).isCloseTo(expected[i], within(1e-4));
            }
        }
    }
}
