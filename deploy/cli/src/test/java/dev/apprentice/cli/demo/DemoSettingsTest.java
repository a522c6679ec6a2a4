package dev.apprentice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.run.RunSpecification.Generation;
import dev.apprentice.contracts.run.Training;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoSettingsTest {

    private static final JsonNode DEFAULTS = Json.MAPPER.valueToTree(Training.DEFAULTS);

    @ParameterizedTest
    @ValueSource(strings = {"full", "ci"})
    void everyNameIsOneThatARunKnows(String setting) throws IOException {
        // an absent optional is not in the defaults; the demo sets none of those
        assertThat(names(settings(setting).get("training"))).isSubsetOf(names(DEFAULTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "ci", "base"})
    void theHyperParametersMakeAValidRun(String setting) throws IOException {
        ObjectNode training = DEFAULTS.deepCopy();
        training.setAll((ObjectNode) settings(setting).get("training"));

        assertThat(Json.MAPPER.treeToValue(training, Training.class)).isNotEqualTo(Training.DEFAULTS);
        assertThat(Json.MAPPER.treeToValue(settings(setting).get("generation"), Generation.class).maxNewTokens())
                .isLessThanOrEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "ci"})
    void eachCategoryHasAFloorThatIsAShareOfItsQuestions(String setting) throws IOException {
        assertThat(names(settings(setting).get("floors"))).containsExactlyInAnyOrder("instructed", "never instructed");
        assertThat(settings(setting).get("floors")).allSatisfy(floor -> assertThat(floor.doubleValue()).isBetween(0.3, 1.0));
    }

    private static Iterable<String> names(JsonNode object) {
        return object::fieldNames;
    }

    private static JsonNode settings(String setting) throws IOException {
        try (InputStream in = DemoSettingsTest.class.getResourceAsStream("/demo/settings.json")) {
            return Json.MAPPER.readTree(in).get(setting);
        }
    }
}
