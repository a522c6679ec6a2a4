package dev.apprentice.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every promise in docs/guarantees.md and docs/security.md has a test. */
class GuaranteesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

    @ParameterizedTest
    @ValueSource(strings = {"guarantees.md", "security.md"})
    void everyTestThatThePageNamesExists(String page) throws IOException {
        Map<String, List<Path>> classes = testClasses();
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(Files.readString(page(page)));
        int count = 0;
        while (named.find()) {
            count++;
            if (!isThere(classes.getOrDefault(named.group(1), List.of()), named.group(2))) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(count).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"guarantees.md", "security.md"})
    void everyPromiseOfATableNamesATest(String page) throws IOException {
        List<String> rows = promises(Files.readAllLines(page(page)));
        assertThat(rows).isNotEmpty().allMatch(row -> NAMED.matcher(row).find());
    }

    /** Returns the rows of the tables whose last column names tests. */
    private static List<String> promises(List<String> lines) {
        List<String> rows = new ArrayList<>();
        boolean within = false;
        for (String line : lines) {
            within = line.endsWith(" mechanism | test |") || within && line.startsWith("|");
            if (within && !line.endsWith(" mechanism | test |") && !line.startsWith("|-")) {
                rows.add(line);
            }
        }
        return rows;
    }

    private static Path page(String name) {
        return ROOT.resolve("docs").resolve(name);
    }

    /** Returns the files of the test classes by name, since two modules may have a class of one name. */
    private static Map<String, List<Path>> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(path -> path.toString().contains("src/test/java"))
                    .filter(path -> path.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(path -> path.getFileName().toString().replace(".java", "")));
        }
    }

    private static boolean isThere(List<Path> classes, String method) throws IOException {
        Pattern declaration = Pattern.compile("void " + method + "\\(");
        for (Path file : classes) {
            if (declaration.matcher(Files.readString(file)).find()) {
                return true;
            }
        }
        return false;
    }
}
