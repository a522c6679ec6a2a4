package dev.apprentice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A native image of a service knows the types of its requests, responses and files: each module registers its own, where
 * native-image looks. Tests in libs/contracts check those of events, and tests in libs/chat-models those of LangChain4j's
 * adapters.
 *
 * <p>After a new record or enum, rewrite the files with {@code -Dapprentice.write-docs}.
 */
class NativeReflectionTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final List<String> MODULES =
            List.of("dataset-service", "trainer-service", "inference-service", "judge-service", "libs/service-kit", "libs/storage",
                    "libs/prompts", "libs/chat-models", "libs/language-model");
    private static final String JACKSON = "com.fasterxml.jackson";
    private static final Set<String> CALLS =
            Set.of("readValue", "readValues", "convertValue", "treeToValue", "readerFor", "forType", "constructType", "read");

    static List<String> modules() {
        return MODULES;
    }

    @BeforeAll
    static void writeIfAsked() throws IOException {
        if (System.getProperty("apprentice.write-docs") != null) {
            for (String module : MODULES) {
                Files.createDirectories(registered(module).getParent());
                Files.writeString(
                        registered(module), Json.MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(entries(module)) + "\n");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyRecordAndEnumAndWhatJacksonIsToldOfIsRegistered(String module) throws IOException {
        assertThat(Json.MAPPER.readTree(registered(module).toFile())).isEqualTo(Json.MAPPER.readTree(entries(module).toString()));
    }

    /** Follows Jackson's ways: the signatures of endpoints, the types that Jackson is called with, and the types of their fields. */
    @Test
    void allThatEndpointsAndFilesAreMadeOfIsAmongThem() throws IOException {
        Set<String> known = new TreeSet<>(names(ROOT.resolve("libs/contracts/src/main/resources/META-INF/native-image/dev.apprentice")
                .resolve("contracts/reflect-config.json")));
        for (String module : MODULES) {
            known.addAll(names(registered(module)));
        }
        JavaClasses classes = new ClassFileImporter().importPaths(MODULES.stream().map(NativeReflectionTest::classes).toList());
        Set<String> reached = new TreeSet<>();
        for (JavaClass type : classes) {
            roots(type).forEach(root -> reach(root, reached));
        }

        assertThat(reached).hasSizeGreaterThan(60);
        assertThat(known).containsAll(reached);
    }

    /** JNA makes a proxy of each interface and reads its methods. */
    @Test
    void everyInterfaceToANativeLibraryIsRegisteredAsAProxy() throws IOException {
        Set<String> interfaces = new TreeSet<>();
        Set<String> values = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().importPath(classes("libs/language-model"))) {
            if (type.isInterface() && type.isAssignableTo("com.sun.jna.Library")) {
                interfaces.add(type.getName());
            }
            type.getDirectDependenciesFromSelf().stream().map(use -> use.getTargetClass().getName())
                    .filter(name -> name.startsWith("com.sun.jna.ptr.")).forEach(values::add);
        }
        Path folder = registered("libs/language-model").resolveSibling("../language-model-jna").normalize();
        if (System.getProperty("apprentice.write-docs") != null) {
            writeJna(folder, interfaces, values);
        }
        Set<String> proxies = new TreeSet<>();
        Json.MAPPER.readTree(folder.resolve("proxy-config.json").toFile())
                .forEach(proxy -> proxies.add(proxy.path("interfaces").path(0).asText()));

        assertThat(interfaces).hasSizeGreaterThan(3);
        assertThat(proxies).isEqualTo(interfaces);
        assertThat(names(folder.resolve("reflect-config.json"))).containsAll(interfaces).containsAll(values);
    }

    private static void writeJna(Path folder, Set<String> interfaces, Set<String> values) throws IOException {
        ArrayNode proxies = Json.MAPPER.createArrayNode();
        interfaces.forEach(name -> proxies.addObject().putArray("interfaces").add(name));
        ArrayNode types = Json.MAPPER.createArrayNode();
        Stream.concat(interfaces.stream(), values.stream()).forEach(name -> types.addObject().put("name", name)
                .put("allDeclaredConstructors", true).put("allDeclaredMethods", true).put("allDeclaredFields", true));
        Files.createDirectories(folder);
        for (Map.Entry<String, ArrayNode> file : Map.of("proxy-config.json", proxies, "reflect-config.json", types).entrySet()) {
            Files.writeString(folder.resolve(file.getKey()),
                    Json.MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(file.getValue()) + "\n");
        }
    }

    private static Set<JavaClass> roots(JavaClass type) {
        Set<JavaClass> roots = new HashSet<>();
        for (JavaMethod method : type.getMethods()) {
            if (method.getAnnotations().stream().anyMatch(each -> each.getRawType().getName().matches("jakarta\\.ws\\.rs\\.[A-Z]+"))) {
                roots.addAll(method.getReturnType().getAllInvolvedRawTypes());
                method.getParameterTypes().forEach(parameter -> roots.addAll(parameter.getAllInvolvedRawTypes()));
            }
        }
        type.getCodeUnits().stream()
                .filter(unit -> unit.getCallsFromSelf().stream().anyMatch(call -> CALLS.contains(call.getName())
                        && (call.getTargetOwner().getName().startsWith(JACKSON) || call.getTargetOwner().getSimpleName().equals("StateFolder"))))
                .flatMap(unit -> unit.getReferencedClassObjects().stream())
                .map(ReferencedClassObject::getRawType)
                .forEach(roots::add);
        type.getSuperclass()
                .filter(parent -> parent.toErasure().getName().equals(JACKSON + ".core.type.TypeReference"))
                .map(JavaType::getAllInvolvedRawTypes)
                .ifPresent(roots::addAll);
        return roots;
    }

    /** Collects a type and the types of its fields, if it is a record or an enum of this project. */
    private static void reach(JavaClass type, Set<String> reached) {
        if (!type.getPackageName().startsWith("dev.apprentice") || type.isInterface() || !(type.isRecord() || type.isEnum())
                || !reached.add(type.getName()) || type.isEnum()) {
            return;
        }
        for (JavaField field : type.getFields()) {
            if (!field.getModifiers().contains(JavaModifier.STATIC)) {
                field.getType().getAllInvolvedRawTypes().forEach(part -> reach(part, reached));
            }
        }
    }

    private static ArrayNode entries(String module) {
        ArrayNode entries = Json.MAPPER.createArrayNode();
        Set<String> names = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().importPath(classes(module))) {
            if (type.isRecord() || type.isEnum() || isToldOf(type)) {
                names.add(type.getName());
            }
        }
        for (String name : names) {
            entries.addObject()
                    .put("name", name)
                    .put("allDeclaredConstructors", true)
                    .put("allDeclaredMethods", true)
                    .put("allDeclaredFields", true)
                    .put("allPublicMethods", true);
        }
        return entries;
    }

    private static boolean isToldOf(JavaClass type) {
        return type.getAnnotations().stream().anyMatch(each -> each.getRawType().getName().startsWith(JACKSON))
                || type.getMembers().stream().anyMatch(member ->
                        member.getAnnotations().stream().anyMatch(each -> each.getRawType().getName().startsWith(JACKSON)));
    }

    private static Set<String> names(Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        for (JsonNode entry : Json.MAPPER.readTree(file.toFile())) {
            names.add(entry.path("name").asText());
        }
        return names;
    }

    private static Path registered(String module) {
        String artifact = Path.of(module).getFileName().toString();
        return ROOT.resolve(module).resolve("src/main/resources/META-INF/native-image/dev.apprentice").resolve(artifact)
                .resolve("reflect-config.json");
    }

    private static Path classes(String module) {
        return ROOT.resolve(module).resolve("target/classes");
    }
}
