package dev.apprentice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every endpoint of the four services requires a role, and docs/security.md lists it. */
class EndpointRolesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final List<String> SERVICES =
            List.of("dataset-service", "trainer-service", "inference-service", "judge-service");
    private static final List<String> VERBS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

    private static final String TABLE = "| endpoint | service | role |\n|---|---|---|\n";

    /** Endpoints that use POST but change nothing. */
    private static final List<String> QUESTIONS = List.of("POST /ask", "POST /judges/check", "POST /agreement/{run}/{step}");

    @Test
    void everyEndpointAsksForOneRole() {
        Map<String, List<String>> roles = roles(SERVICES);

        assertThat(roles).hasSizeGreaterThan(25).allSatisfy((endpoint, asked) ->
                assertThat(asked).as("the role that %s asks for", endpoint).singleElement().isIn("viewer", "trainer", "admin"));
        assertThat(roles).allSatisfy((endpoint, asked) -> assertThat(asked.get(0).equals("viewer"))
                .as("%s is for viewers", endpoint)
                .isEqualTo(endpoint.startsWith("GET ") || QUESTIONS.contains(endpoint)));
    }

    /** After a change, rewrite the table with {@code -Dapprentice.write-docs}. */
    @Test
    void thePageSaysWhichRoleEachEndpointAsksFor() throws IOException {
        Path page = ROOT.resolve("docs/security.md");
        String text = Files.readString(page);
        int start = text.indexOf(TABLE) + TABLE.length();
        int end = text.indexOf("\n##", start);
        String table = SERVICES.stream()
                .flatMap(service -> roles(List.of(service)).entrySet().stream()
                        .map(each -> "| `%s` | %s | `%s` |\n".formatted(each.getKey(), service, each.getValue().get(0))))
                .collect(Collectors.joining());
        if (System.getProperty("apprentice.write-docs") != null) {
            Files.writeString(page, text.substring(0, start) + table + text.substring(end));
        }

        assertThat(Files.readString(page)).contains(TABLE + table + "\n");
    }

    @Test
    void noEndpointIsMadeBesideThese() {
        assertThat(new ClassFileImporter().importPaths(SERVICES.stream().map(EndpointRolesTest::classes).toList()))
                .flatExtracting(JavaClass::getDirectDependenciesFromSelf)
                .extracting(dependency -> dependency.getTargetClass().getName())
                .noneMatch(name -> name.matches("io\\.vertx\\.ext\\.web\\.(Router|Route)|io\\.quarkus\\.vertx\\.web\\..*"));
    }

    /**
     * Returns the roles of each endpoint, such as {@code GET /runs/{run}}. Endpoints that differ only in the media types they
     * consume share an entry.
     */
    private static Map<String, List<String>> roles(List<String> services) {
        Map<String, List<String>> roles = new TreeMap<>();
        for (String service : services) {
            for (JavaClass type : new ClassFileImporter().importPath(classes(service))) {
                for (JavaMethod method : type.getMethods()) {
                    verb(method).ifPresent(verb -> roles.merge(
                            verb + " " + path(type, method), asked(type, method),
                            (first, second) -> Stream.concat(first.stream(), second.stream()).distinct().toList()));
                }
            }
        }
        return roles;
    }

    private static Path classes(String service) {
        return ROOT.resolve(service).resolve("target/classes");
    }

    private static Optional<String> verb(JavaMethod method) {
        return VERBS.stream().filter(verb -> method.isAnnotatedWith("jakarta.ws.rs." + verb)).findFirst();
    }

    private static String path(JavaClass type, JavaMethod method) {
        String below = method.tryGetAnnotationOfType("jakarta.ws.rs.Path").map(EndpointRolesTest::text).orElse("");
        return type.tryGetAnnotationOfType("jakarta.ws.rs.Path").map(EndpointRolesTest::text).orElse("") + below;
    }

    private static List<String> asked(JavaClass type, JavaMethod method) {
        String annotation = "jakarta.annotation.security.RolesAllowed";
        return method.tryGetAnnotationOfType(annotation)
                .map(found -> List.of((String[]) found.get("value").orElseThrow()))
                .or(() -> type.tryGetAnnotationOfType(annotation)
                        .map(found -> List.of((String[]) found.get("value").orElseThrow())))
                .orElse(List.of());
    }

    private static String text(JavaAnnotation<?> annotation) {
        return (String) annotation.get("value").orElseThrow();
    }
}
