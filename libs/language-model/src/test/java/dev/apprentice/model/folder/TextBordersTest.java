package dev.apprentice.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that rows, answers, chat template and saved files agree on the end of a text. In the vocabulary, h is 71 and i is 72. */
class TextBordersTest {

    private static final String ENDS = "{\"eos_token_id\": [72, 256, 71]}";

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void layOut() {
        folder = Fixtures.modelFolder("tiny-gpt2", temporary.resolve("tiny-gpt2"));
    }

    @Test
    void generationConfigJsonComesFirst() throws IOException {
        write("generation_config.json", "{\"eos_token_id\": 71}");

        assertThat(configuration().endsOfText()).containsExactly(71);
    }

    @Test
    void configJsonCountsWhereGenerationConfigJsonIsSilentOrMissing() throws IOException {
        Files.writeString(folder.resolve("config.json"),
                Files.readString(folder.resolve("config.json")).replace("\"eos_token_id\": 256", "\"eos_token_id\": [255, 7]"));
        write("generation_config.json", "{\"do_sample\": true, \"eos_token_id\": null}");
        assertThat(configuration().endsOfText()).containsExactly(255, 7);

        Files.delete(folder.resolve("generation_config.json"));
        assertThat(configuration().endsOfText()).containsExactly(255, 7);
    }

    @Test
    void answersEndAtAnyAndRowsWithTheFirst() throws IOException {
        write("generation_config.json", ENDS);

        assertThat(configuration().stopIds()).containsExactlyInAnyOrder(71, 72, 256);
        assertThat(configuration().endOfText()).isEqualTo(72);
        assertThat(ModelFolder.open(folder).borders()).isEqualTo(new TextBorders("", "i"));
    }

    @Test
    void rowsEndWithTheTokenizersOwnIfAnswersEndAtIt() throws IOException {
        write("generation_config.json", ENDS);
        write("tokenizer_config.json", "{\"eos_token\": \"<|endoftext|>\"}");
        assertThat(configuration().endsOfText()).containsExactly(256, 72, 71);
        assertThat(ModelFolder.open(folder).borders().endOfText()).isEqualTo("<|endoftext|>");

        write("tokenizer_config.json", "{\"eos_token\": {\"content\": \"h\", \"lstrip\": false}}");
        assertThat(configuration().endsOfText()).containsExactly(71, 72, 256);
    }

    @Test
    void aTokenizersEndAtWhichNoAnswerEndsIsCorrectedInWhatIsWritten() throws IOException {
        write("generation_config.json", ENDS);
        write("tokenizer_config.json", "{\"eos_token\": \"j\", \"model_max_length\": 5}");
        Path target = temporary.resolve("written");

        ModelFolder.open(folder).copyTokenizerFiles(target);

        assertThat(configuration().endOfText()).isEqualTo(72);
        JsonFile written = JsonFile.read(target.resolve("tokenizer_config.json"));
        assertThat(written.text("eos_token")).isEqualTo("i");
        assertThat(written.positive("model_max_length")).isEqualTo(5);
    }

    @Test
    void anIdOutsideTheVocabularyIsRefusedWhereverItStands() throws IOException {
        write("generation_config.json", "{\"eos_token_id\": [256, 257]}");

        assertThatThrownBy(this::configuration)
                .isInstanceOf(ModelException.class)
                .hasMessage(folder.resolve("generation_config.json") + ": field 'eos_token_id' is [256,257]; it must be a token"
                        + " id below vocab_size, which is 257");
    }

    @Test
    void aSavedModelEndsTextsAsTheOneItCameFrom() throws IOException {
        write("generation_config.json", ENDS);
        Path target = temporary.resolve("saved");
        try (LanguageModel model = LanguageModel.initialise(ModelFolder.open(folder), 1)) {
            model.save(target);
        }

        assertThat(JsonFile.read(target.resolve("config.json")).json().get("eos_token_id").toString()).isEqualTo("[72,256,71]");
    }

    @Test
    void theTemplateBeginsTextsAsTheTokenizerDoesAndTheWrittenConfigurationSaysSo() throws IOException {
        String tokenizer = Files.readString(folder.resolve("tokenizer.json"));
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer.replaceFirst(
                "\"post_processor\": \\{[^}]*}",
                "\"post_processor\": {\"type\": \"BertProcessing\", \"sep\": [\"b\", 65], \"cls\": [\"<|endoftext|>\", 256]}"));
        write("tokenizer_config.json", "{\"add_bos_token\": false}");
        Path target = temporary.resolve("written");

        ModelFolder opened = ModelFolder.open(folder);
        opened.copyTokenizerFiles(target);

        assertThat(opened.borders()).isEqualTo(new TextBorders("<|endoftext|>", "<|endoftext|>"));
        assertThat(JsonFile.read(target.resolve("tokenizer_config.json")).flag("add_bos_token", false)).isTrue();
    }

    @Test
    void whatTheTokenizerDoesNotAddTheWrittenConfigurationDoesNotPromise() throws IOException {
        write("tokenizer_config.json", "{\"add_bos_token\": true}");
        Path target = temporary.resolve("written");

        ModelFolder.open(folder).copyTokenizerFiles(target);

        assertThat(JsonFile.read(target.resolve("tokenizer_config.json")).flag("add_bos_token", true)).isFalse();
    }

    private ModelConfiguration configuration() {
        return ModelFolder.open(folder).configuration();
    }

    private void write(String name, String json) throws IOException {
        Files.writeString(folder.resolve(name), json);
    }
}
