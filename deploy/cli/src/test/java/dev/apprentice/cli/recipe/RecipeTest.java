package dev.apprentice.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {

    @TempDir Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("run.yaml");
    }

    @Test
    void valuesAreReadByTheTypesOfTheirKeys() throws IOException {
        Files.writeString(file, """
                run: 2026
                model: {location: gpt2, start: Random}
                data:
                  file: data.json
                  promptStyle: mine.jinja
                  fields: [instruction=prompt]
                  split: {train: .5}
                training:
                  epochs: 3
                  learningRate: 5e-5
                  seed: 1_000
                  precision: bf16
                  checkpointAfter: 10m
                  lora:
                    rank: 8
                judge: llama3
                """);
        Recipe recipe = Recipe.read(file);

        assertThat(recipe.text("run")).contains("2026");
        assertThat(recipe.text("model", "location")).contains(folder.resolve("gpt2").toString());
        assertThat(recipe.text("data", "promptStyle")).contains(folder.resolve("mine.jinja").toString());
        assertThat(recipe.texts("data", "fields")).containsExactly("instruction=prompt");
        assertThat(recipe.value("data", "split", "train")).contains(0.5);
        assertThat(recipe.group("training")).isEqualTo(Map.of("epochs", 3, "learningRate", 5e-5, "seed", 1000L,
                "precision", Training.Precision.BFLOAT16, "checkpointAfter", "PT10M", "lora", Map.of("rank", 8)));
        assertThat(recipe.value("model", "start")).contains(ModelSource.Start.RANDOM);
    }

    @Test
    void whatIsPrintedIsReadAgain() throws IOException {
        Files.writeString(file, """
                run: "null"
                model: {location: "hf:a/b@1e5"}
                data: {file: "https://example.org/a.json?b=c: d", strict: true, fields: ["a=b", "yes"]}
                training: {learningRate: 0.00001, maxGradientNorm: 1, keepCheckpoints: {last: 2}}
                labels: ["1", "true", "~", "- x"]
                """);
        Recipe recipe = Recipe.read(file);
        Files.writeString(file, recipe.yaml());

        assertThat(Json.MAPPER.<JsonNode>valueToTree(Recipe.read(file).group("training")))
                .isEqualTo(Json.MAPPER.valueToTree(recipe.group("training")));
        assertThat(Recipe.read(file).yaml()).isEqualTo(recipe.yaml());
        assertThat(Recipe.read(file).texts("labels")).containsExactly("1", "true", "~", "- x");
        assertThat(Recipe.read(file).text("run")).contains("null");
    }

    @Test
    void whatIsSaidOverARecipeIsInItsPlace() throws IOException {
        Files.writeString(file, "model: {location: hf:a/b}\ntraining: {epochs: 3, lora: {rank: 8, alpha: 4}}\nlabels: [a, b]\n");
        Recipe recipe = Recipe.read(file).over(Recipe.EMPTY
                .with(Optional.of("old@best"), "model", "from")
                .with(Optional.of(Map.of("lora", Map.of("rank", 2))), "training")
                .with(Optional.of(List.of("c")), "labels"));

        assertThat(recipe.group("model")).isEqualTo(Map.of("from", "old@best"));
        assertThat(recipe.group("training")).isEqualTo(Map.of("epochs", 3, "lora", Map.of("rank", 2, "alpha", 4.0)));
        assertThat(recipe.texts("labels")).containsExactly("c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "training:~  epoch: 3 | 2 | there is no key 'training.epoch'; did you mean 'epochs'?",
        "data: {file: x}~~zzzzzz: 1 | 3 | there is no key 'zzzzzz'; there are run, model, data, training, generation, judge, labels.",
        "training:~  epochs: two | 2 | training.epochs is 'two'; it must be a whole number.",
        "training:~  epochs: 1.5 | 2 | training.epochs is '1.5'; it must be a whole number.",
        "training:~  epochs: 99999999999 | 2 | training.epochs is '99999999999'; it must be a whole number.",
        "training:~  epochs: 0 | 2 | training.epochs is '0'; it must be at least 1.",
        "training:~  lora:~    rank: 8~    dropout: 1 | 4 | training.lora.dropout is '1.0'; it must be below 1.",
        "training:~  checkpointAfter: soon | 2 | training.checkpointAfter is 'soon'; it must be a time such as 90s, 10m or 1h30m.",
        "training:~  checkpointAfter: 0s | 2 | training.checkpointAfter is 'PT0S'; it must be above zero.",
        "training:~  maskInstruction: yes | 2 | training.maskInstruction is 'yes'; it must be true or false.",
        "data: {overlong: cut} | 1 | data.overlong is 'cut'; it must be one of truncate, drop, terminate.",
        "data:~  split: hash | 2 | data.split has keys: policy, train, test; write one 'key: value' a line.",
        "training: [1] | 1 | training has keys: epochs, batchSize",
        "run: | 1 | run has no value; it must be a text, or leave the key out.",
        "run: {a: b} | 1 | run is not a single value; it must be a text.",
        "run: a~judge: b~run: c | 3 | key run is already in line 1; remove one.",
        "run: a~  judge: b | 2 | this is not YAML: mapping values are not allowed here; write one 'key: value' a line, groups indented by two spaces.",
        "- run | 1 | a recipe has keys: run, model, data, training, generation, judge, labels; write one 'key: value' a line.",
    })
    void aMistakeIsSaidWithItsFileItsLineAndItsKey(String text, int line, String problem) throws IOException {
        Files.writeString(file, text.replace('~', '\n'));

        assertThatThrownBy(() -> Recipe.read(file))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith(file + ", line " + line + ": " + problem);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Recipe.read(file))
                .hasMessage("The recipe " + file + " does not exist or cannot be read as UTF-8; --recipe names a YAML file, such as"
                        + " one that --print-recipe wrote.");
    }

    @Test
    void everyKeyOfARunsRequestIsAKey() throws IOException {
        JsonNode keys = Json.MAPPER.readTree(RecipeSchema.json()).path("properties");

        requireKeys(keys, RunSpecification.class);
        requireKeys(keys.path("model").path("properties"), ModelSource.class);
        requireKeys(keys.path("data").path("properties"), DataSource.class);
        requireKeys(keys.path("data").path("properties"), DataReading.class);
        requireKeys(keys.path("data").path("properties").path("split").path("properties"), Split.class);
        requireKeys(keys.path("training").path("properties"), Training.class);
        requireKeys(keys.path("training").path("properties").path("lora").path("properties"), Training.Lora.class);
        requireKeys(keys.path("generation").path("properties"), RunSpecification.Generation.class);
        assertThat(keys.has("run")).isTrue();
    }

    private static void requireKeys(JsonNode keys, Class<? extends Record> request) {
        assertThat(keys.fieldNames()).toIterable()
                .containsAll(Arrays.stream(request.getRecordComponents())
                        .filter(component -> !component.getName().equals("reading"))
                        .map(component -> component.getName())
                        .toList());
    }

    /** After a change, rewrite it with {@code -Dapprentice.write-docs}. */
    @Test
    void thePublishedSchemaIsThatOfTheKeys() throws IOException {
        Path published = Path.of("../../docs/recipe.schema.json");
        if (System.getProperty("apprentice.write-docs") != null) {
            Files.writeString(published, RecipeSchema.json());
        }

        assertThat(Files.readString(published)).isEqualTo(RecipeSchema.json());
    }
}
