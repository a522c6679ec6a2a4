package dev.apprentice.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {

    private static final String A_MODEL = "a model is a folder with config.json, tokenizer.json and model.safetensors";

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void layOut() {
        folder = Fixtures.modelFolder("tiny-gpt2", temporary.resolve("tiny-gpt2"));
    }

    @Test
    void readsWhatConfigJsonSays() {
        assertThat(ModelFolder.open(folder).configuration())
                .isEqualTo(new ModelConfiguration("gpt2", 257, 512, 2, 32, List.of(256)));
        assertThat(ModelFolder.open(folder).json().path("n_head").intValue()).isEqualTo(2);
    }

    @Test
    void itsTokenizerIsReadyToUse() {
        try (Tokenizer tokenizer = ModelFolder.open(folder).tokenizer()) {
            assertThat(tokenizer.decode(tokenizer.encode("hello"))).isEqualTo("hello");
        }
    }

    @Test
    void theContextMayHaveItsOldName() throws IOException {
        rewriteConfig("\"n_positions\": 512", "\"n_ctx\": 128");

        assertThat(ModelFolder.open(folder).configuration().contextLength()).isEqualTo(128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"257", "-1", "\"<|endoftext|>\"", "[]"})
    void anEndOfTextOutsideTheVocabularyIsRefused(String id) throws IOException {
        Files.delete(folder.resolve("generation_config.json"));
        rewriteConfig("\"eos_token_id\": 256", "\"eos_token_id\": " + id);

        requireRefused(
                () -> ModelFolder.open(folder),
                folder.resolve("config.json") + ": field 'eos_token_id' is " + id
                        + "; it must be a token id below vocab_size, which is 257");
    }

    @Test
    void withoutAnEndOfTextNoTextWouldEnd() throws IOException {
        Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": null}");
        rewriteConfig("\"eos_token_id\": 256", "\"eos_token_id\": null");

        requireRefused(
                () -> ModelFolder.open(folder),
                folder.resolve("config.json")
                        + " lacks the field 'eos_token_id', the id of the token that ends a text");
    }

    @Test
    void aFamilyThatIsNotSupportedIsRefusedWithThoseThatAre() throws IOException {
        rewriteConfig("\"model_type\": \"gpt2\"", "\"model_type\": \"mamba\"");

        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(
                        folder.resolve("config.json") + ": model_type 'mamba' is not supported; there are gpt2, gpt_neox, llama, qwen2");
    }

    @Test
    void aVariantThatIsNotSupportedIsRefusedBeforeAnyWeightsAreRead() throws IOException {
        rewriteConfig("\"scale_attn_by_inverse_layer_idx\": false", "\"scale_attn_by_inverse_layer_idx\": true");

        requireRefused(
                () -> ModelFolder.open(folder),
                folder.resolve("config.json") + ": field 'scale_attn_by_inverse_layer_idx' is true; that variant of GPT-2 is"
                        + " not supported");
    }

    @ParameterizedTest
    @CsvSource({"vocab_size", "n_layer", "n_embd"})
    void aFigureThatIsMissingIsNamed(String field) throws IOException {
        rewriteConfig("\"" + field + "\"", "\"was_" + field + "\"");

        requireRefused(() -> ModelFolder.open(folder), folder.resolve("config.json") + " lacks the field '" + field + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "tokenizer.json"})
    void aMissingFileIsNamed(String file) throws IOException {
        Files.delete(folder.resolve(file));

        requireRefused(() -> ModelFolder.open(folder), "model folder " + folder + " lacks " + file + "; " + A_MODEL);
    }

    @Test
    void whatIsNoFolderIsRefused() {
        requireRefused(
                () -> ModelFolder.open(temporary.resolve("absent")),
                temporary.resolve("absent")
                        + " is not a folder; " + A_MODEL);
    }

    @Test
    void unreadableJsonIsNamedByLineAndColumn() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\n  \"model_type\": gpt2\n}");

        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(folder.resolve("config.json") + " is not valid JSON at line 2, column ");
    }

    @Test
    void aTokenizerWithMoreIdsThanTheModelIsRefused() throws IOException {
        rewriteConfig("\"vocab_size\": 257", "\"vocab_size\": 256");
        rewriteConfig("\"eos_token_id\": 256", "\"eos_token_id\": 255");
        Files.delete(folder.resolve("generation_config.json"));

        requireRefused(
                () -> ModelFolder.open(folder),
                folder.resolve("tokenizer.json") + " has token ids up to 256, but the model knows only 256"
                        + " (vocab_size in config.json); they do not belong together");
    }

    @Test
    void aModelMayHaveRoomForMoreIdsThanItsTokenizerUses() throws IOException {
        rewriteConfig("\"vocab_size\": 257", "\"vocab_size\": 320");

        assertThat(ModelFolder.open(folder).configuration().vocabularySize()).isEqualTo(320);
    }

    @Test
    void aModelMayStartWithoutWeightsUntilTheyAreNeeded() throws IOException {
        Files.delete(folder.resolve("model.safetensors"));
        ModelFolder opened = ModelFolder.open(folder);

        requireRefused(opened::requireWeights, "model folder " + folder + " lacks model.safetensors; " + A_MODEL);
        requireRefused(opened::weights, "model folder " + folder + " lacks model.safetensors; " + A_MODEL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch_model.bin", "consolidated.00.pth", "model.pt"})
    void pickledWeightsAreRefusedWithTheReason(String pickled) throws IOException {
        Files.move(folder.resolve("model.safetensors"), folder.resolve(pickled));

        requireRefused(
                () -> ModelFolder.open(folder).requireWeights(),
                "model folder " + folder + " has only pickled weights, which can execute any code when opened;"
                        + " save the model as model.safetensors first (save_pretrained in transformers does)");
    }

    @Test
    void pickledWeightsBesideSafetensorsDoNoHarm() throws IOException {
        Files.writeString(folder.resolve("pytorch_model.bin"), "whatever");

        ModelFolder.open(folder).requireWeights();
    }

    @Test
    void aCheckpointTakesTheTokenizersFilesAlongButNoWeights() throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Path target = temporary.resolve("checkpoints/step-5");

        ModelFolder.open(folder).copyTokenizerFiles(target);

        assertThat(target.toFile().list())
                .containsExactlyInAnyOrder("tokenizer.json", "tokenizer_config.json", "merges.txt", "generation_config.json");
        assertThat(target.resolve("tokenizer.json")).hasSameBinaryContentAs(folder.resolve("tokenizer.json"));
    }

    @Test
    void copyingToAPlaceThatIsNoFolderIsNamed() throws IOException {
        Path target = Files.writeString(temporary.resolve("occupied"), "");

        assertThatThrownBy(() -> ModelFolder.open(folder).copyTokenizerFiles(target))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("the tokenizer's files cannot be copied from " + folder + " to " + target + ": ");
    }

    private void rewriteConfig(String from, String to) throws IOException {
        Path config = folder.resolve("config.json");
        String before = Files.readString(config);
        assertThat(before).contains(from);
        Files.writeString(config, before.replace(from, to));
    }

    private static void requireRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ModelException.class).hasMessage(message);
    }
}
