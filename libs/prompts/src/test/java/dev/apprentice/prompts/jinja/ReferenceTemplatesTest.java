package dev.apprentice.prompts.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.apprentice.prompts.jinja.value.Rendered;
import dev.apprentice.prompts.jinja.value.TemplateException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Templates in the style of well-known models. transformers 5.18's {@code apply_chat_template} with Jinja2 3.1.6 rendered them
 * into rendered.json. Our rendering must equal it in every character, and must fail wherever transformers fails.
 */
class ReferenceTemplatesTest {

    private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 2, 3, 4, 5);
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<String> templates() throws IOException {
        List<String> names = new ArrayList<>();
        json("rendered.json").fieldNames().forEachRemaining(names::add);
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void rendersAsTransformersDoes(String name) throws IOException {
        Template template = Template.parse(resource(name + ".jinja"));
        JsonNode cases = json("cases.json");
        Iterator<Map.Entry<String, JsonNode>> expected = json("rendered.json").path(name).fields();
        assertThat(expected.hasNext()).isTrue();
        while (expected.hasNext()) {
            Map.Entry<String, JsonNode> one = expected.next();
            Map<String, Object> values = JSON.convertValue(cases.path(one.getKey()), new TypeReference<>() {});
            values.put("bos_token", "<s>");
            values.put("eos_token", "</s>");
            values.putIfAbsent("tools", null);
            values.putIfAbsent("documents", null);
            if (one.getValue().has("error")) {
                assertThatThrownBy(() -> template.render(values, NOW)).as(one.getKey()).isInstanceOf(TemplateException.class);
                continue;
            }
            Rendered rendered = template.render(values, NOW);
            assertThat(rendered.text()).as(one.getKey()).isEqualTo(one.getValue().path("text").textValue());
            if (one.getValue().has("answers")) {
                assertThat(rendered.generations().stream().map(span -> rendered.text().substring(span.from(), span.to())))
                        .as(one.getKey())
                        .isEqualTo(JSON.convertValue(one.getValue().path("answers"), new TypeReference<List<String>>() {}));
            }
        }
    }

    static Stream<Arguments> expressions() throws IOException {
        List<Arguments> expressions = new ArrayList<>();
        json("expressions.json").fields().forEachRemaining(each -> expressions.add(Arguments.of(each.getKey(), each.getValue().textValue())));
        return expressions.stream();
    }

    /** Filters, tests, methods and operators. Jinja2 3.1.6's immutable sandbox rendered these, with transformers' tojson. */
    @ParameterizedTest
    @MethodSource("expressions")
    void computesAsPythonDoes(String template, String text) {
        assertThat(Template.parse(template).render(Map.of(), NOW).text()).isEqualTo(text);
    }

    private static JsonNode json(String name) throws IOException {
        return JSON.readTree(resource(name));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReferenceTemplatesTest.class.getResourceAsStream("/templates/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
