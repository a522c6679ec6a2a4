package dev.apprentice.prompts.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.apprentice.prompts.jinja.value.TemplateException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The bundled task templates, and those of users. */
public final class TaskTemplates {

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final int MOST_CHARACTERS = 65_536;

    private static final String FIELDS =
            Arrays.stream(TaskFile.class.getRecordComponents()).map(TaskTemplates::name).collect(Collectors.joining(", "));

    private static final List<String> BUNDLED = List.of(
            "reviews-rating", "reviews-write", "reviews-summary", "sentiment", "topic", "inference", "summarisation",
            "translation", "question-answering", "question-answering-context", "grammar");

    private TaskTemplates() {}

    /** Returns the names of the bundled templates. */
    public static List<String> names() {
        return BUNDLED;
    }

    /**
     * Returns the bundled template of that name.
     *
     * @throws IllegalArgumentException naming the templates that exist
     */
    public static TaskTemplate bundled(String name) {
        return read(name, text(name));
    }

    /**
     * Returns the text of a bundled template's file.
     *
     * @throws IllegalArgumentException naming the templates that exist
     */
    public static String text(String name) {
        if (!BUNDLED.contains(name)) {
            throw new IllegalArgumentException("task template '" + name + "' is unknown; choose one of "
                    + String.join(", ", BUNDLED) + ", or name a file that ends with .yaml");
        }
        try (InputStream in = Objects.requireNonNull(TaskTemplates.class.getResourceAsStream(name + ".yaml"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a template.
     *
     * @param origin where it comes from, for messages
     * @throws IllegalArgumentException naming the origin, the line if it is known, and what is wrong
     */
    public static TaskTemplate read(String origin, String yaml) {
        if (yaml.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("task template " + origin + " has more than " + MOST_CHARACTERS + " characters");
        }
        try {
            return new TaskTemplate(YAML.readValue(yaml, TaskFile.class));
        } catch (ValueInstantiationException e) {
            throw new IllegalArgumentException("task template " + origin + ": " + e.getCause().getMessage(), e);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException("task template " + origin + line(yaml, e.getPropertyName()) + ": field '"
                    + e.getPropertyName() + "' is unknown; the fields of a template are " + FIELDS, e);
        } catch (JsonProcessingException e) {
            String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new IllegalArgumentException("task template " + origin + line + ": " + reason(yaml, e), e);
        } catch (TemplateException e) {
            throw new IllegalArgumentException("task template " + origin + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the reason of an error, in terms of templates or in the first lines of YAML's message. The other lines of that
     * message quote the text with an arrow below.
     */
    private static String reason(String yaml, JsonProcessingException e) {
        String has = "the fields of a template are " + FIELDS;
        if (yaml.isBlank()) {
            return "is empty; " + has;
        }
        if (e instanceof MismatchedInputException mismatch) {
            String field = mismatch.getPath().stream().map(JsonMappingException.Reference::getFieldName).filter(Objects::nonNull)
                    .map(name -> "field '" + name + "' ").findFirst().orElse("");
            return field + "has the wrong type (see docs/templates.md); " + has;
        }
        List<String> words = e.getOriginalMessage().lines().filter(line -> !line.startsWith(" ")).toList();
        return "is not YAML: " + String.join("; ", words);
    }

    /** Finds the line of an unknown field. The parser reports unknown fields only after it has read the whole file. */
    private static String line(String yaml, String field) {
        List<String> lines = yaml.lines().toList();
        return IntStream.range(0, lines.size())
                .filter(at -> lines.get(at).matches("[\"']?" + Pattern.quote(field) + "[\"']?\\s*:.*"))
                .mapToObj(at -> ", line " + (at + 1))
                .findFirst()
                .orElse("");
    }

    private static String name(RecordComponent field) {
        JsonProperty named = field.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? field.getName() : named.value();
    }
}
