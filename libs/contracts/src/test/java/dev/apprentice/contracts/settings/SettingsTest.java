package dev.apprentice.contracts.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.run.Training;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void theTextbooksSettingsAreInRange() {
        assertThat(Settings.objections(Training.DEFAULTS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'epochs': 0                               | epochs must be at least 1",
        "'epochs': 100001                          | epochs must be at most 100000",
        "'learningRate': 0                         | learningRate must be above 0",
        "'learningRate': 1.5                       | learningRate must be at most 1",
        "'learningRate': 1e999                     | learningRate must be a finite number",
        "'beta1': 1                                | beta1 must be below 1",
        "'maxGradientNorm': -0.5                   | maxGradientNorm must be above 0",
        "'checkpointAfter': 'PT0S'                 | checkpointAfter must be above zero",
        "'checkpointAfter': 'PT9999999H'           | checkpointAfter must be at most a hundred years",
        "'lora': {'alpha': 2}                      | lora.rank is missing",
        "'lora': {'rank': 4, 'alpha': 0}           | lora.alpha must be above 0",
        "'lora': {'rank': 4, 'dropout': 1}         | lora.dropout must be below 1",
        "'lora': {'rank': 4, 'targets': [' ']}     | lora.targets must have entries of 1 to 1000 letters, none of them blank",
        "'keepCheckpoints': {'last': 0}            | keepCheckpoints.last must be at least 1",
        "'keepCheckpoints': {'last': 1, 'best': -1} | keepCheckpoints.best must be at least 0",
    })
    void whatIsOutOfRangeIsNamedWithItsRule(String setting, String objection) throws IOException {
        assertThat(objections("{" + setting + "}")).containsExactly(objection);
    }

    @Test
    void allThatIsOutOfRangeIsNamedInTheRecordsOrder() throws IOException {
        assertThat(objections("{'patience': 0, 'seed': -5, 'lora': {'rank': 0, 'alpha': 1e10}, 'batchSize': 0}")).containsExactly(
                "batchSize must be at least 1", "lora.rank must be at least 1", "lora.alpha must be at most 1000000000",
                "patience must be at least 1");
    }

    @Test
    void aSettingNotSaidIsTheDefaultAndOneThatMustBeSaidIsLeftAsItIs() throws IOException {
        Training.Lora lora = new Training.Lora(4, 2.0, 0.5, List.of("q_proj"), true);
        assertThat(Settings.leastSaid(lora)).isEqualTo(new Training.Lora(4, 8.0, 0.0, List.of(), false));
        assertThat(Settings.unsaid(Training.class)).isEqualTo(Training.DEFAULTS);
    }

    private static List<String> objections(String json) throws IOException {
        return Settings.objections(Json.MAPPER.readValue(json.replace('\'', '"'), Training.class)).stream()
                .map(objection -> String.join(".", objection.path()) + " " + objection.rule())
                .toList();
    }
}
