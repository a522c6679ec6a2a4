package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.testkit.Fixtures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads the published config.json of popular models. A supported model must have as many parameters as its publisher says. For any
 * other, the error must name what is not supported.
 */
class PublishedConfigurationsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temporary;

    private record Published(String model, JsonNode expected, JsonNode config) {

        @Override
        public String toString() {
            return model;
        }
    }

    private static List<Published> all() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                PublishedConfigurationsTest.class.getResourceAsStream("published-configurations.jsonl"), StandardCharsets.UTF_8))) {
            return lines.lines().map(PublishedConfigurationsTest::read).toList();
        }
    }

    private static Published read(String line) {
        try {
            return JSON.readValue(line, Published.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(line, e);
        }
    }

    static Stream<Published> readable() throws IOException {
        return all().stream().filter(published -> published.expected().isNumber());
    }

    static Stream<Published> refused() throws IOException {
        return all().stream().filter(published -> published.expected().isTextual());
    }

    @ParameterizedTest
    @MethodSource("readable")
    void oneThatCanBeReadHasAsManyParametersAsItsPublisherSays(Published published) throws IOException {
        assertThat(open(published).architecture().weights().stream().mapToLong(Weight::elements).sum())
                .isEqualTo(published.expected().longValue());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNotComputedIsNamed(Published published) {
        assertThatThrownBy(() -> open(published))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(published.expected().textValue());
    }

    private ModelFolder open(Published published) throws IOException {
        JSON.writeValue(temporary.resolve(ModelFolder.CONFIGURATION).toFile(), published.config());
        Files.write(temporary.resolve(ModelFolder.TOKENIZER), Fixtures.bytes("tokenizer.json"));
        return ModelFolder.open(temporary);
    }
}
