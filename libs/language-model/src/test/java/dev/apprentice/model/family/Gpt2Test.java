package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.folder.ModelWeights;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class Gpt2Test extends FamilyContract {

    @Override
    String model() {
        return "tiny-gpt2";
    }

    @Test
    void freshWeightsSpreadAsFarAsTheInitializerRangeSays() throws IOException {
        Path folder = Fixtures.modelFolder(model(), temporary.resolve("wide"));
        Path config = folder.resolve(ModelFolder.CONFIGURATION);
        String json = Files.readString(config);
        Files.writeString(config, json.replace("\"initializer_range\": 0.02", "\"initializer_range\": 0.5"));
        try (LanguageModel model = LanguageModel.initialise(ModelFolder.open(folder), 1)) {
            model.save(folder);
        }
        try (ModelWeights weights = ModelFolder.open(folder).weights()) {
            FloatBuffer embedding = weights.data("transformer.wte.weight").asFloatBuffer();
            double squares = 0;
            while (embedding.hasRemaining()) {
                squares += Math.pow(embedding.get(), 2);
            }
            assertThat(Math.sqrt(squares / embedding.capacity())).isCloseTo(0.5, within(0.02));
        }
    }
}
