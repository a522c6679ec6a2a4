package dev.apprentice.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.apprentice.contracts.Json;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Checks that a native image contains the types that LangChain4j's adapters send and receive. The adapter for OpenAI brings its
 * own file. Ollama's file is in this module; write it again with {@code -Dapprentice.write-docs} after a new version.
 */
class NativeAdaptersTest {

    private static final Path REGISTERED =
            Path.of("src/main/resources/META-INF/native-image/dev.apprentice/chat-models-ollama/reflect-config.json");
    private static final String JACKSON = "com.fasterxml.jackson";

    @BeforeAll
    static void writeIfAsked() throws Exception {
        if (System.getProperty("apprentice.write-docs") != null) {
            ArrayNode entries = Json.MAPPER.createArrayNode();
            for (String name : spoken(OllamaChatModel.class)) {
                entries.addObject()
                        .put("name", name)
                        .put("allDeclaredConstructors", true)
                        .put("allDeclaredMethods", true)
                        .put("allDeclaredFields", true)
                        .put("allPublicMethods", true);
            }
            Files.createDirectories(REGISTERED.getParent());
            Files.writeString(REGISTERED, Json.MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(entries) + "\n");
        }
    }

    @Test
    void whatIsSaidToOllamaIsRegistered() throws Exception {
        assertThat(names(Json.MAPPER.readTree(REGISTERED.toFile())))
                .hasSizeGreaterThan(10)
                .containsExactlyElementsOf(spoken(OllamaChatModel.class));
    }

    @Test
    void whatIsSaidToOpenAiIsRegisteredByItsAdapter() throws Exception {
        URL file = OpenAiChatModel.class.getResource(
                "/META-INF/native-image/dev.langchain4j/langchain4j-open-ai/reflect-config.json");
        try (InputStream json = file.openStream()) {
            assertThat(names(Json.MAPPER.readTree(json))).containsAll(spoken(OpenAiChatModel.class).stream()
                    .filter(name -> name.contains(".internal.chat.") || name.contains(".internal.shared."))
                    .toList());
        }
    }

    private static Set<String> names(JsonNode entries) {
        Set<String> names = new TreeSet<>();
        entries.forEach(entry -> names.add(entry.path("name").asText()));
        return names;
    }

    /** Returns the classes of an adapter that are annotated for Jackson, and their builders. */
    private static Set<String> spoken(Class<?> adapter) throws IOException, URISyntaxException {
        Path jar = Path.of(adapter.getProtectionDomain().getCodeSource().getLocation().toURI());
        String within = adapter.getPackageName().replace('.', '/') + "/";
        Set<String> names = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (String entry : Collections.list(file.entries()).stream().map(each -> each.getName()).toList()) {
                if (entry.startsWith(within) && entry.endsWith(".class")) {
                    take(entry.substring(0, entry.length() - ".class".length()).replace('/', '.'), names);
                }
            }
        }
        return names;
    }

    private static void take(String name, Set<String> names) {
        try {
            Class<?> type = Class.forName(name, false, NativeAdaptersTest.class.getClassLoader());
            if (members(type).anyMatch(NativeAdaptersTest::isToldOf) || isOneOfJackson(type)) {
                names.add(name);
                JsonDeserialize by = type.getAnnotation(JsonDeserialize.class);
                if (by != null && by.builder() != Void.class) {
                    names.add(by.builder().getName());
                }
            }
        } catch (ClassNotFoundException | NoClassDefFoundError e) { // it belongs to a part of the adapter that is not used here
            assertThat(name).doesNotContain("Chat");
        }
    }

    private static boolean isOneOfJackson(Class<?> type) {
        return JsonSerializer.class.isAssignableFrom(type) || JsonDeserializer.class.isAssignableFrom(type);
    }

    private static Stream<AnnotatedElement> members(Class<?> type) {
        return Stream.of(
                        Stream.of(type), Arrays.stream(type.getDeclaredFields()), Arrays.stream(type.getDeclaredMethods()),
                        Arrays.stream(type.getDeclaredConstructors()))
                .flatMap(each -> each);
    }

    private static boolean isToldOf(AnnotatedElement member) {
        return Arrays.stream(member.getDeclaredAnnotations())
                .anyMatch(each -> each.annotationType().getName().startsWith(JACKSON));
    }
}
