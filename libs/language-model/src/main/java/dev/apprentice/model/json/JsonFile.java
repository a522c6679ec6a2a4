package dev.apprentice.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that holds one JSON object, with typed access to its fields. Every error names the file and the field.
 *
 * @param path the file's path
 * @param json the file's content
 * @param asked the fields read so far
 */
public record JsonFile(Path path, ObjectNode json, Set<String> asked) {

    private static final System.Logger LOG = System.getLogger(JsonFile.class.getName());

    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();
    private static final int MOST_WARNINGS = 1_000;

    /**
     * The largest file to read, in bytes. It is far beyond any real file: the largest tokenizers take about 50 MB and nest six
     * levels deep.
     */
    private static final int LARGEST = 256 << 20;

    private static final int DEEPEST = 64;

    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build();

    /** Accepts NaN and Infinity, which Python writes without quotes. */
    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public JsonFile(Path path, ObjectNode json) {
        this(path, json, ConcurrentHashMap.newKeySet());
    }

    /**
     * @throws ModelException if the file is missing, is no JSON object (with line and column), or is larger or deeper nested than
     *     any real one
     */
    public static JsonFile read(Path path) {
        try {
            long size = Files.size(path);
            if (size > LARGEST) {
                throw new ModelException(path + " is " + size + " bytes long; at most " + LARGEST + " are read");
            }
            JsonNode json = MAPPER.readTree(Files.readAllBytes(path));
            if (json instanceof ObjectNode object) {
                return new JsonFile(path, object);
            }
            throw new ModelException(path + " must hold a JSON object, that is, begin with '{'");
        } catch (NoSuchFileException e) {
            throw new ModelException(path + " is missing", e);
        } catch (StreamConstraintsException e) {
            throw new ModelException(path + " has values nested more than " + DEEPEST + " deep, a number of more than "
                    + LIMITS.getMaxNumberLength() + " digits, a name of more than " + LIMITS.getMaxNameLength()
                    + " characters or a text of more than " + LIMITS.getMaxStringLength()
                    + "; no model needs that, so download the file again", e);
        } catch (JsonProcessingException e) {
            throw new ModelException(
                    path + " is not valid JSON at " + place(e.getLocation()) + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ModelException(path + " cannot be read: " + e, e);
        }
    }

    private static String place(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Returns the field, unless it is absent or null. */
    public Optional<JsonNode> field(String name) {
        asked.add(name);
        return Optional.ofNullable(json.get(name)).filter(node -> !node.isNull());
    }

    /** @throws ModelException if the field is absent or not a text */
    public String text(String name) {
        JsonNode node = required(name);
        if (!node.isTextual()) {
            throw wrong(name, node, "a text");
        }
        return node.textValue();
    }

    /** @throws ModelException if the field is absent or not a whole number of at least 1 */
    public int positive(String name) {
        JsonNode node = required(name);
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1) {
            throw wrong(name, node, "a whole number of at least 1");
        }
        return node.intValue();
    }

    /**
     * Returns a field that determines how much memory a model takes.
     *
     * @param most a bound beyond any real model
     * @throws ModelException if the field is absent or not a whole number from 1 to the bound
     */
    public int upTo(int most, String name) {
        JsonNode node = required(name);
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1 || node.intValue() > most) {
            throw wrong(name, node, "a whole number from 1 to " + most);
        }
        return node.intValue();
    }

    /** @throws ModelException if the field is there but not a whole number from 1 to the bound */
    public int upTo(int most, String name, int otherwise) {
        return field(name).isPresent() ? upTo(most, name) : otherwise;
    }

    /** @throws ModelException if the field is there but not a whole number of at least 1 */
    public int positive(String name, int otherwise) {
        return field(name).isPresent() ? positive(name) : otherwise;
    }

    /** @throws ModelException if the field is there but not a number */
    public double number(String name, double otherwise) {
        return field(name)
                .map(node -> {
                    if (!node.isNumber()) {
                        throw wrong(name, node, "a number");
                    }
                    return node.doubleValue();
                })
                .orElse(otherwise);
    }

    /** @throws ModelException if the field is there but neither true nor false */
    public boolean flag(String name, boolean otherwise) {
        return field(name)
                .map(node -> {
                    if (!node.isBoolean()) {
                        throw wrong(name, node, "true or false");
                    }
                    return node.booleanValue();
                })
                .orElse(otherwise);
    }

    private JsonNode required(String name) {
        return field(name).orElseThrow(() -> new ModelException(path + " lacks the field '" + name + "'"));
    }

    /** Logs a warning about the file, once per process however often the file is read. */
    public void warn(String what) {
        String warning = path + ": " + what;
        if (WARNED.size() < MOST_WARNINGS && WARNED.add(warning)) {
            LOG.log(System.Logger.Level.WARNING, warning);
        }
    }

    /** Returns the error for a field of the wrong type or range. */
    public ModelException wrong(String name, JsonNode node, String expected) {
        return new ModelException(path + ": field '" + name + "' is " + node + "; it must be " + expected);
    }
}
