package dev.apprentice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.acceptance.NativeLibraries.NativeLibrary;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A native image contains the native libraries that a service loads, and the classes, methods and fields that these look up in
 * Java.
 *
 * <p>After a version change of a library, rewrite the files: {@code mvn -pl deploy/acceptance -am verify
 * -Dit.test=NativeLibrariesIT -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dapprentice.write-docs}, and package once more.
 */
class NativeLibrariesIT {

    private static final Path PROJECT = Path.of(System.getProperty("apprentice.root"));
    private static final String METADATA = "META-INF/native-image/";

    /** The module that registers what a library looks up: the one that depends on the library. */
    private static final Map<String, String> MODULES = Map.of(
            "ai.djl.", "libs/language-model",
            "net.java.dev.jna.", "libs/language-model",
            "org.duckdb.", "dataset-service",
            "org.rocksdb.", "judge-service",
            "org.xerial.snappy.", "libs/service-kit",
            "org.lz4.", "libs/service-kit",
            "at.yawk.lz4.", "libs/service-kit",
            "com.github.luben.", "libs/service-kit",
            "com.aayushatharva.brotli4j.", "libs/service-kit");

    @BeforeAll
    static void writeIfAsked() throws IOException {
        if (System.getProperty("apprentice.write-docs") == null) {
            return;
        }
        Map<String, Set<String>> byModule = new TreeMap<>();
        for (String service : List.of("dataset-service", "trainer-service", "inference-service", "judge-service")) {
            for (NativeLibrary library : NativeLibraries.of(packaged(service))) {
                byModule.computeIfAbsent(module(library), module -> new TreeSet<>()).addAll(library.names());
            }
        }
        for (Map.Entry<String, Set<String>> module : byModule.entrySet()) {
            ArrayNode entries = Json.MAPPER.createArrayNode();
            module.getValue().forEach(name -> entries.add(entry(name)));
            Path file = PROJECT.resolve(module.getKey()).resolve("src/main/resources").resolve(METADATA).resolve("dev.apprentice")
                    .resolve(Path.of(module.getKey()).getFileName()).resolve("jni-config.json");
            Files.createDirectories(file.getParent());
            Files.writeString(file, Json.MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(entries) + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "inference-service", "judge-service"})
    void whatNativeLibrariesLookUpInJavaIsRegistered(String service) throws IOException {
        List<NativeLibrary> libraries = NativeLibraries.of(packaged(service));
        Set<JsonNode> registered = new TreeSet<>((one, other) -> one.toString().compareTo(other.toString()));
        for (JsonNode file : metadata(service, "jni-config.json")) {
            file.forEach(registered::add);
        }

        assertThat(libraries).extracting(NativeLibraries.NativeLibrary::jar).anyMatch(jar -> jar.startsWith("com.github.luben.zstd-jni"));
        assertThat(libraries).allSatisfy(library -> assertThat(library.names())
                .as("looked up by " + library.entry())
                .allSatisfy(name -> assertThat(registered).contains(entry(name))));
    }

    /** The examples come from the libraries' own sources and from their use in the services. */
    @ParameterizedTest
    @ValueSource(strings = {"judge-service org.rocksdb.RocksDBException", "judge-service org.rocksdb.Status$Code",
            "dataset-service org.duckdb.DuckDBVector", "trainer-service ai.djl.engine.EngineException",
            "inference-service ai.djl.huggingface.tokenizers.jni.CharSpan", "trainer-service com.sun.jna.CallbackReference$AttachOptions"})
    void whatIsKnownToBeLookedUpIsFound(String known) throws IOException {
        String[] words = known.split(" ");

        assertThat(NativeLibraries.of(packaged(words[0]))).anyMatch(library -> library.names().contains(words[1]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "inference-service", "judge-service"})
    void librariesAndFilesOfOursAreResourcesOfTheImage(String service) throws IOException {
        List<String> patterns = new ArrayList<>();
        for (JsonNode file : metadata(service, "resource-config.json")) {
            JsonNode resources = file.path("resources");
            (resources.isArray() ? resources : resources.path("includes")).forEach(each -> patterns.add(each.path("pattern").asText()));
        }

        assertThat(NativeLibraries.of(packaged(service))).isNotEmpty().extracting(NativeLibrary::entry)
                .allSatisfy(entry -> assertThat(patterns).as(entry).anyMatch(entry::matches));
        assertThat(filesOfOurs(service)).allSatisfy(entry -> assertThat(patterns).as(entry).anyMatch(entry::matches));
    }

    /** Returns files that are read by name, such as rubrics and programs. Quarkus itself registers META-INF and the settings. */
    private static List<String> filesOfOurs(String service) throws IOException {
        List<String> files = new ArrayList<>();
        for (Path jar : NativeLibraries.jars(packaged(service))) {
            if (jar.getFileName().toString().matches("dev\\.apprentice\\..*|" + service + "-.*")) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName)
                            .filter(name -> !name.matches("META-INF/.*|.*\\.class|application\\.properties"))
                            .forEach(files::add);
                }
            }
        }
        return files;
    }

    /** Returns the registration of a class: all declared members of a library's own class, but only the public ones of a class of Java. */
    private static ObjectNode entry(String name) {
        ObjectNode entry = Json.MAPPER.createObjectNode().put("name", name);
        if (name.startsWith("[")) {
            return entry;
        }
        String which = name.startsWith("java.") ? "Public" : "Declared";
        return entry.put("all" + which + "Constructors", true).put("all" + which + "Methods", true).put("all" + which + "Fields", true);
    }

    private static String module(NativeLibrary library) {
        return MODULES.entrySet().stream()
                .filter(module -> library.jar().startsWith(module.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("say which module brings " + library.jar()));
    }

    /** Returns all files of that name that native-image finds in a service's jars. */
    private static List<JsonNode> metadata(String service, String name) throws IOException {
        List<JsonNode> files = new ArrayList<>();
        for (Path jar : NativeLibraries.jars(packaged(service))) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : zip.stream().toList()) {
                    if (entry.getName().startsWith(METADATA) && entry.getName().endsWith("/" + name)) {
                        files.add(Json.MAPPER.readTree(zip.getInputStream(entry)));
                    }
                }
            }
        }
        return files;
    }

    private static Path packaged(String service) {
        return PROJECT.resolve(service).resolve("target/quarkus-app");
    }
}
