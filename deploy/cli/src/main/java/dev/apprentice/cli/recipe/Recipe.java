package dev.apprentice.cli.recipe;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A run as a file. Its keys are those of {@code POST /runs} and the few that {@code tune} adds.
 *
 * <pre>
 * model:
 *   location: hf:openai-community/gpt2
 * data:
 *   file: instructions.json          beside the recipe
 *   promptStyle: chatml
 * training:
 *   epochs: 3
 *   lora: {rank: 8}
 * judge: llama3
 * </pre>
 */
public final class Recipe {

    /** A recipe without keys. */
    public static final Recipe EMPTY = new Recipe(Map.of());

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(Feature.WRITE_DOC_START_MARKER)
            .enable(Feature.MINIMIZE_QUOTES, Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .addModule(new SimpleModule().addSerializer(Enum.class, new LowerCase()))
            .build();
    private static final Pattern ADDRESS = Pattern.compile("[a-z0-9]+:.*");
    private static final String MODEL = "model";
    private static final String DATA = "data";

    private final Map<String, Object> values;

    private Recipe(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * Reads a recipe; relative paths in it start from its folder.
     *
     * @throws dev.apprentice.local.CommandException with the file, the line, the key and what it must be
     */
    public static Recipe read(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return new Recipe(new RecipeReader(file).read()).in(folder);
    }

    /** Returns a copy with this value added, if there is one. */
    public Recipe with(Optional<?> value, String... path) {
        return value.map(given -> over(new Recipe(nested(given, path)))).orElse(this);
    }

    private static Map<String, Object> nested(Object value, String... path) {
        Object inner = value;
        for (int i = path.length - 1; i >= 0; i--) {
            inner = Map.of(path[i], inner);
        }
        return asMap(inner);
    }

    /**
     * Returns the other recipe's values and this one's for all other keys. The other's {@code model.location} or
     * {@code model.from} replaces either of this one's, and its {@code promptStyle} replaces this one's template.
     */
    public Recipe over(Recipe other) {
        Map<String, Object> mine = copy(values);
        if (other.value(MODEL, "location").isPresent()) {
            group(mine, MODEL).remove("from");
        } else if (other.value(MODEL, "from").isPresent()) {
            group(mine, MODEL).remove("location");
        }
        if (other.value(DATA, "promptStyle").isPresent()) {
            group(mine, DATA).remove("promptTemplate");
        }
        merge(mine, other.values);
        return new Recipe(mine);
    }

    private static void merge(Map<String, Object> into, Map<String, Object> from) {
        from.forEach((key, value) -> {
            if (value instanceof Map<?, ?> && into.get(key) instanceof Map<?, ?>) {
                merge(asMap(into.get(key)), asMap(value));
            } else {
                into.put(key, value instanceof Map<?, ?> ? copy(asMap(value)) : value);
            }
        });
    }

    private static Map<String, Object> copy(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        merge(copy, map);
        return copy;
    }

    private static Map<String, Object> group(Map<String, Object> map, String name) {
        return map.get(name) instanceof Map<?, ?> group ? asMap(group) : new LinkedHashMap<>();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object map) {
        return (Map<String, Object>) map;
    }

    /** Returns a copy whose relative paths are resolved against the folder. */
    public Recipe in(Path folder) {
        UnaryOperator<String> beside = text ->
                text.equals("~") || text.startsWith("~/") ? text : folder.resolve(text).normalize().toString();
        return this
                .with(text(MODEL, "location").filter(text -> !ADDRESS.matcher(text).matches()).map(beside), MODEL, "location")
                .with(text(DATA, "file").map(place -> in(place, beside)), DATA, "file")
                .with(text(DATA, "validation").map(place -> in(place, beside)), DATA, "validation")
                .with(text(DATA, "test").map(place -> in(place, beside)), DATA, "test")
                .with(value(DATA, "also").map(some -> texts(DATA, "also").stream().map(place -> in(place, beside)).toList()), DATA, "also")
                .with(text(DATA, "template").filter(text -> text.matches(".*\\.ya?ml")).map(beside), DATA, "template")
                .with(text(DATA, "promptStyle")
                        .filter(text -> text.endsWith(".jinja") && value(DATA, "promptTemplate").isEmpty())
                        .map(beside), DATA, "promptStyle");
    }

    private static String in(String place, UnaryOperator<String> folder) {
        return ADDRESS.matcher(place).matches() ? place : folder.apply(place);
    }

    /** Returns the value at a path of keys. */
    public Optional<Object> value(String... path) {
        Object found = values;
        for (String name : path) {
            found = found instanceof Map<?, ?> group ? group.get(name) : null;
        }
        return Optional.ofNullable(found);
    }

    public Optional<String> text(String... path) {
        return value(path).map(Object::toString);
    }

    /** Tells whether the value is given and true. */
    public boolean flag(String... path) {
        return value(path).equals(Optional.of(true));
    }

    /** Returns the texts of a list; an empty list if it is not given. */
    public List<String> texts(String... path) {
        return value(path).map(found -> ((List<?>) found).stream().map(Object::toString).toList()).orElse(List.of());
    }

    /** Returns the values of a group by name; empty if none is given. */
    public Map<String, Object> group(String name) {
        return copy(group(values, name));
    }

    /** Returns the recipe as YAML. */
    public String yaml() {
        try {
            return YAML.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, numbers and lists can be written: " + values.keySet(), e);
        }
    }

    /** Writes enum constants in lower case, as people and the schema write them. */
    @SuppressWarnings("rawtypes")
    private static final class LowerCase extends StdSerializer<Enum> {

        private static final long serialVersionUID = 1;

        LowerCase() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum constant, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(constant.name().toLowerCase(Locale.ROOT));
        }
    }
}
