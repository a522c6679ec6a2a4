package dev.apprentice.contracts.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.topic.Topic;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A native image finds what Jackson reads and writes of events: it is registered in this module, where native-image looks.
 *
 * <p>After a new record or enum, write the file anew with {@code mvn -pl libs/contracts test -Dapprentice.write-docs}.
 */
class NativeReflectionTest {

    private static final Path REGISTERED =
            Path.of("src/main/resources/META-INF/native-image/dev.apprentice/contracts/reflect-config.json");
    private static final Path CLASSES = Path.of("target/classes");

    @BeforeAll
    static void writeIfAsked() throws IOException {
        if (System.getProperty("apprentice.write-docs") != null) {
            Files.createDirectories(REGISTERED.getParent());
            Files.writeString(
                    REGISTERED, Json.MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(entries()) + "\n");
        }
    }

    private static ArrayNode entries() throws IOException {
        ArrayNode entries = Json.MAPPER.createArrayNode();
        for (Class<?> type : recordsAndEnums()) {
            entries.addObject()
                    .put("name", type.getName())
                    .put("allDeclaredConstructors", true)
                    .put("allDeclaredMethods", true)
                    .put("allDeclaredFields", true)
                    .put("allPublicMethods", true);
        }
        return entries;
    }

    @Test
    void everyRecordAndEnumOfTheContractsIsRegistered() throws IOException {
        assertThat(Json.MAPPER.readTree(REGISTERED.toFile())).isEqualTo(Json.MAPPER.readTree(entries().toString()));
    }

    /** By the way that Jackson takes: from an event's components to theirs. */
    @Test
    void allThatAnEventHoldsIsAmongThem() throws IOException {
        Set<String> registered = new TreeSet<>();
        for (JsonNode entry : Json.MAPPER.readTree(REGISTERED.toFile())) {
            registered.add(entry.path("name").asText());
        }
        Set<String> reached = new TreeSet<>();
        for (Topic<?> topic : EventSchemasTest.topics()) {
            reach(topic.event(), reached);
        }

        assertThat(reached).hasSizeGreaterThan(20);
        assertThat(registered).containsAll(reached);
    }

    private static void reach(Type type, Set<String> reached) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> reach(argument, reached));
        } else if (type instanceof Class<?> plain && (plain.isRecord() || plain.isEnum()) && reached.add(plain.getName())
                && plain.isRecord()) {
            for (RecordComponent component : plain.getRecordComponents()) {
                reach(component.getGenericType(), reached);
            }
        }
    }

    private static List<Class<?>> recordsAndEnums() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES.resolve("dev/apprentice/contracts"))) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .map(name -> load(name.substring(0, name.length() - ".class".length()).replace('/', '.')))
                    .filter(type -> type.isRecord() || type.isEnum())
                    .sorted((a, b) -> a.getName().compareTo(b.getName()))
                    .collect(Collectors.toList());
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, NativeReflectionTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name, e);
        }
    }
}
