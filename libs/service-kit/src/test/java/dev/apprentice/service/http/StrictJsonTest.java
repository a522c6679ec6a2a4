package dev.apprentice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private final ObjectMapper mapper = new ObjectMapper().registerModules(new Jdk8Module(), new ParameterNamesModule());

    enum Colour {
        RED
    }

    record Request(
            String name, Integer whole, double real, boolean yes, Colour colour, Optional<Integer> maybe, Optional<String> word,
            List<String> names) {}

    @BeforeEach
    void makeStrict() {
        new StrictJson().customize(mapper);
    }

    @Test
    void whatIsRightIsRead() throws JsonProcessingException {
        Request read = mapper.readValue(
                "{\"name\": \"\", \"whole\": 1, \"real\": 2, \"yes\": true, \"colour\": \"RED\", \"maybe\": 3, \"names\": [\"a\"]}",
                Request.class);
        assertThat(read).isEqualTo(
                new Request("", 1, 2.0, true, Colour.RED, Optional.of(3), Optional.empty(), List.of("a")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"whole\": 1.5 | whole | a whole number",
        "\"whole\": 1.0 | whole | a whole number",
        "\"whole\": \"1\" | whole | a whole number",
        "\"whole\": \"\" | whole | a whole number",
        "\"whole\": \" \" | whole | a whole number",
        "\"whole\": true | whole | a whole number",
        "\"real\": \"\" | real | a number",
        "\"real\": \"x\" | real | a number",
        "\"yes\": -1 | yes | true or false",
        "\"yes\": \"true\" | yes | true or false",
        "\"name\": 7 | name | a text",
        "\"name\": false | name | a text",
        "\"word\": 7 | word | a text",
        "\"names\": [7] | names[0] | a text",
        "\"maybe\": 2.5 | maybe | a whole number",
        "\"colour\": 0 | colour | one of red",
        "\"colour\": \"BLUE\" | colour | one of red"
    })
    void whatIsOfAnotherTypeIsRefusedByName(String fields, String field, String wanted) {
        assertThat(problem("{" + fields + "}")).startsWith("field '" + field + "' ").endsWith(" must be " + wanted);
    }

    @Test
    void whatIsUnknownOrThereTwiceIsRefusedByName() {
        assertThat(problem("{\"nam\": \"x\", \"real\": 1, \"yes\": true}"))
                .isEqualTo("there is no field 'nam'; the fields are colour, maybe, name, names, real, whole, word, yes");
        assertThat(problem("{\"name\": \"a\", \"name\": \"b\"}")).startsWith("the body is not JSON at line 1").contains("'name'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"text\"", "7", "true", "[]", "[{}]"})
    void aBodyThatIsNoObjectIsSaidToBeNone(String body) {
        assertThat(problem(body)).isEqualTo("the body must be an object");
    }

    @Test
    void limitsAreSaidWithoutTheParsersInternals() {
        List<String> bodies = List.of(
                "[".repeat(2_000),
                "{\"names\": " + "[".repeat(2_000),
                "{\"real\": " + "1".repeat(2_000) + "}",
                "{\"" + "n".repeat(60_000) + "\": 1}",
                "{\"name\": \"a",
                "{\"name\": nope}",
                "{} x");
        assertThat(bodies).extracting(this::problem).allSatisfy(detail -> assertThat(detail)
                .doesNotContain("REDACTED", "Feature", "Constraints", "`", "java", "dev.apprentice")
                .hasSizeBetween(20, 400));
        assertThat(problem(bodies.get(0))).startsWith("the body ");
        assertThat(problem(bodies.get(2))).contains("1000");
    }

    /** Returns the service's answer to a body, with the JSON reader's ways of wrapping a failure. */
    private String problem(String body) {
        JsonProblems problems = new JsonProblems();
        try {
            mapper.readValue(body, Request.class);
            throw new AssertionError("read: " + body);
        } catch (JsonProcessingException e) {
            Response response = e instanceof UnrecognizedPropertyException unknown
                    ? problems.unknownField(unknown)
                    : e instanceof InvalidFormatException format
                            ? problems.wrongValue(format)
                            : problems.notJson(new WebApplicationException(e, 400));
            return ((HttpProblem) response.getEntity()).getDetail();
        }
    }
}
