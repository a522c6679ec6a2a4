package dev.apprentice.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of keys in docs/configuration.md is generated from the services' typed configuration.
 *
 * <p>After changing a key, rewrite the page with {@code mvn -pl deploy/acceptance -am verify -Dapprentice.write-docs}.
 */
class ConfigurationKeysTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Path PAGE = ROOT.resolve("docs/configuration.md");
    private static final List<String> MODULES = List.of(
            "libs/service-kit", "libs/storage", "dataset-service", "trainer-service", "inference-service", "judge-service");

    private static final Map<String, String> HEADINGS = Map.of(
            "libs/service-kit", "All four services", "libs/storage", "All four services and the command line: the object store");

    @Test
    void thePageListsEveryKeyWithItsDefaultAndMeaning() throws IOException {
        String page = page();
        if (System.getProperty("apprentice.write-docs") != null) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Every key can be set as an environment variable (the middle column), a system property, or in
                `application.properties`. Besides these, all of Quarkus' own keys hold, such as `QUARKUS_HTTP_PORT`, and
                those of Kafka's clients after `kafka.`, such as `KAFKA_BOOTSTRAP_SERVERS` (default `localhost:9092`) and
                `KAFKA_SECURITY_PROTOCOL`: they reach every client of every service.

                This page is made from the code; a test holds it to it.
                """);
        for (String module : MODULES) {
            page.append("\n## ").append(HEADINGS.getOrDefault(module, module)).append("\n\n");
            page.append("| key | environment variable | default | meaning |\n|---|---|---|---|\n");
            for (Key key : keys(ROOT.resolve(module))) {
                page.append("| `%s` | `%s` | %s | %s |\n".formatted(
                        key.name(), key.variable(), key.fallback().map(value -> "`" + value + "`").orElse(""), key.meaning()));
            }
        }
        return page.toString();
    }

    private record Key(String name, Optional<String> fallback, String meaning) {

        /** MicroProfile Config's rule: everything but letters and digits becomes an underscore. */
        String variable() {
            return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        }
    }

    private static List<Key> keys(Path module) {
        try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
            List<Key> keys = new ArrayList<>();
            files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(file -> {
                for (ClassOrInterfaceDeclaration type : parse(file).findAll(ClassOrInterfaceDeclaration.class)) {
                    type.getAnnotationByName("ConfigMapping").ifPresent(mapping -> collect(type, text(mapping), keys));
                }
            });
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(ClassOrInterfaceDeclaration type, String prefix, List<Key> keys) {
        for (MethodDeclaration method : type.getMethods()) {
            if (method.isDefault() || method.isStatic()) {
                continue; // derived, not a key
            }
            String name = prefix + "." + method.getAnnotationByName("WithName").map(ConfigurationKeysTest::text)
                    .orElse(kebab(method.getNameAsString()));
            Optional<ClassOrInterfaceDeclaration> group = type.getMembers().stream()
                    .flatMap(member -> member.toClassOrInterfaceDeclaration().stream())
                    .filter(nested -> nested.getNameAsString().equals(method.getTypeAsString()))
                    .findFirst();
            if (group.isPresent()) {
                collect(group.get(), name, keys);
            } else {
                keys.add(new Key(name, method.getAnnotationByName("WithDefault").map(ConfigurationKeysTest::text), meaning(method)));
            }
        }
    }

    private static String meaning(MethodDeclaration method) {
        String javadoc = method.getJavadoc().orElseThrow(() ->
                new AssertionError(method.getNameAsString() + " has no Javadoc to say what the key means")).toText();
        return javadoc.replaceAll("\\s+", " ").replaceAll("\\{@code ((?:[^{}]|\\{[^{}]*})*)}", "`$1`").replace("|", "\\|").strip();
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String text(AnnotationExpr annotation) {
        return annotation.isSingleMemberAnnotationExpr()
                ? annotation.asSingleMemberAnnotationExpr().getMemberValue().asStringLiteralExpr().asString()
                : annotation.asNormalAnnotationExpr().getPairs().stream()
                        .filter(pair -> pair.getNameAsString().equals("prefix") || pair.getNameAsString().equals("value"))
                        .map(pair -> pair.getValue().asStringLiteralExpr().asString())
                        .findFirst().orElseThrow();
    }

    private static CompilationUnit parse(Path file) {
        try {
            return new JavaParser(new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17))
                    .parse(file).getResult().orElseThrow(() -> new AssertionError(file + " cannot be parsed"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
