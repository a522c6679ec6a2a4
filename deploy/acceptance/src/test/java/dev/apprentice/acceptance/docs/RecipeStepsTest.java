package dev.apprentice.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README names a file for each of the recipe's seven steps, and the file exists. */
class RecipeStepsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Pattern STEP = Pattern.compile("(?m)^\\| ([a-z -]+) \\| `([^`]+\\.java)` \\|$");

    @Test
    void everyStepOfTheRecipeHasAFileThatExists() throws IOException {
        Map<String, Path> steps = new LinkedHashMap<>();
        Matcher step = STEP.matcher(Files.readString(ROOT.resolve("README.md")));
        while (step.find()) {
            steps.put(step.group(1), ROOT.resolve(step.group(2)));
        }
        assertThat(steps).containsOnlyKeys(
                "dataset", "prompt", "collate", "load the pretrained model", "fine-tune", "extract responses", "judge");
        assertThat(steps.values()).allSatisfy(file -> assertThat(file).isRegularFile());
    }
}
