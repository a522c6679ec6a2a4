package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.safetensors.SafetensorsWriter;
import dev.apprentice.model.safetensors.TensorData;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Gpt2Test extends FamilyContract {

    private static final int[] IDS = {1, 2, 3, 4, 5};

    @Override
    String model() {
        return "tiny-gpt2";
    }

    @Test
    void weightsMayBeNamedWithoutThePrefix() throws IOException {
        ModelFolder folder = new Variant(model(), temporary.resolve("with")).open();
        ModelFolder without = new Variant(model(), temporary.resolve("without")).open();
        rename(without.path().resolve(ModelFolder.WEIGHTS), name -> name.replace("transformer.", ""));
        try (LanguageModel expected = LanguageModel.load(folder);
                LanguageModel model = LanguageModel.load(without)) {
            assertThat(model.logits(IDS)).isEqualTo(expected.logits(IDS));
        }
    }

    @Test
    void aMissingWeightIsNamed() throws IOException {
        ModelFolder folder = new Variant(model(), temporary).open();
        rename(temporary.resolve(ModelFolder.WEIGHTS), name -> name.replace("h.1.mlp.c_fc.bias", "h.1.mlp.other"));
        assertThatThrownBy(() -> LanguageModel.load(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(temporary.toString())
                .hasMessageContaining("lack the tensor 'transformer.h.1.mlp.c_fc.bias'");
    }

    @Test
    void aWeightOfAnotherShapeIsNamed() {
        ModelFolder folder = new Variant(model(), temporary).with("n_inner", "64").open();
        assertThatThrownBy(() -> LanguageModel.load(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'transformer.h.0.mlp.c_fc.weight'")
                .hasMessageContaining("[32, 128]")
                .hasMessageContaining("[32, 64]");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "n_head, 5, n_embd 32 is not a multiple of n_head 5",
        "scale_attn_by_inverse_layer_idx, true, field 'scale_attn_by_inverse_layer_idx' is true",
        "scale_attn_weights, false, field 'scale_attn_weights' is false",
        "activation_function, 'swish', field 'activation_function' is 'swish'"
    })
    void aVariantThatIsNotSupportedIsRefused(String field, String value, String message) {
        Variant variant = new Variant(model(), temporary).with(field, value);
        assertThatThrownBy(variant::open)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(temporary.resolve("config.json").toString())
                .hasMessageContaining(message);
    }

    @Test
    void freshWeightsAreDrawnAsThePaperSays() {
        ModelFolder folder = new Variant(model(), temporary).open();
        assertThat(freshDeviation(folder, "transformer.wte.weight")).isCloseTo(0.02, within(0.001));
        assertThat(freshDeviation(folder, "transformer.h.0.mlp.c_fc.weight")).isCloseTo(0.02, within(0.001));
        assertThat(freshDeviation(folder, "transformer.h.1.mlp.c_proj.weight")).isCloseTo(0.01, within(0.0005));
        assertThat(freshDeviation(folder, "transformer.h.0.attn.c_attn.bias")).isZero();
        assertThat(freshDeviation(folder, "transformer.ln_f.weight")).isEqualTo(1);
    }

    @Test
    void freshWeightsSpreadAsFarAsTheInitializerRangeSays() {
        ModelFolder folder = new Variant(model(), temporary).with("initializer_range", "0.5").open();
        assertThat(freshDeviation(folder, "transformer.wte.weight")).isCloseTo(0.5, within(0.02));
    }

    private static double freshDeviation(ModelFolder folder, String weight) {
        Path saved = folder.path().resolve("fresh");
        try (LanguageModel model = LanguageModel.initialise(folder, 1)) {
            model.save(saved);
        }
        try (SafetensorsFile weights = SafetensorsFile.open(saved.resolve(ModelFolder.WEIGHTS))) {
            FloatBuffer elements = weights.data(weight).asFloatBuffer();
            return Math.sqrt(IntStream.range(0, elements.limit())
                    .mapToDouble(i -> Math.pow(elements.get(i), 2))
                    .average()
                    .orElseThrow());
        }
    }

    private static void rename(Path file, UnaryOperator<String> newName) throws IOException {
        Path original = file.resolveSibling("original.safetensors");
        Files.move(file, original);
        try (SafetensorsFile weights = SafetensorsFile.open(original)) {
            List<TensorData> renamed = new ArrayList<>();
            weights.entries().forEach((name, entry) -> renamed.add(
                    new TensorData(newName.apply(name), entry.type(), entry.shape(), () -> weights.data(name))));
            SafetensorsWriter.write(file, renamed, Map.of());
        }
    }
}
