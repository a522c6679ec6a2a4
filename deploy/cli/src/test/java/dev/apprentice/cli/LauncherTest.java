package dev.apprentice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the launcher script in a project that only looks built. A fake Java and a fake Maven print how they were called. */
@Timeout(60)
class LauncherTest {

    private static final Path SCRIPT = Path.of("..", "..", "apprentice");
    private static final List<String> TOOLS = List.of(
            "awk", "cut", "dirname", "find", "grep", "head", "mkdir", "mv", "readlink", "sed", "sh", "stty", "tee", "touch");
    private static final List<String> PACKAGES = List.of(
            "deploy/broker/target/broker.jar",
            "dataset-service/target/quarkus-app/quarkus-run.jar",
            "trainer-service/target/quarkus-app/quarkus-run.jar",
            "inference-service/target/quarkus-app/quarkus-run.jar",
            "judge-service/target/quarkus-app/quarkus-run.jar",
            "deploy/cli/target/apprentice.jar",
            "deploy/lab/target/apprentice-lab.jar");

    @TempDir Path folder;

    private Path root;
    private Path bin;
    private Path home;

    private record Outcome(int status, String out, String err) {}

    @BeforeEach
    void buildAProject() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh here");
        root = Files.createDirectories(folder.resolve("a project"));
        home = folder.resolve("home");
        Files.copy(SCRIPT, root.resolve("apprentice"));
        Instant anHourAgo = Instant.now().minusSeconds(3600);
        for (String source : List.of("pom.xml", "libs/contracts/pom.xml", "libs/contracts/src/main/A.java")) {
            write(root.resolve(source), "source", anHourAgo);
        }
        for (String each : PACKAGES) {
            Path module = root.resolve(each.substring(0, each.indexOf("/target/")));
            write(module.resolve("pom.xml"), "source", anHourAgo);
            write(module.resolve("src/main/B.java"), "source", anHourAgo);
            write(root.resolve(each), "package", anHourAgo.plusSeconds(60));
        }
        bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            script(tool, "exec '" + find(tool) + "' \"$@\"");
        }
    }

    @Test
    void runsTheLaboratoryByItsName() throws Exception {
        java("17.0.9");
        Path lab = Files.createSymbolicLink(root.resolve("apprentice-lab"), Path.of("apprentice"));

        Outcome outcome = run(lab, Map.of(), "chaos", "--kills", "20");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        String deploy = root.toRealPath().resolve("deploy").toString();
        assertThat(outcome.out().lines())
                .containsSequence("-cp", deploy + "/lab/target/apprentice-lab.jar:" + deploy + "/cli/target/apprentice.jar")
                .endsWith("dev.apprentice.lab.Lab", "chaos", "--kills", "20");
    }

    @Test
    void runsTheCommandLineFromAnywhereThroughALink() throws Exception {
        java("17.0.9");
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("inner"), Path.of("..", "a project", "apprentice"));
        Path link = Files.createSymbolicLink(links.resolve("outer"), Path.of("inner"));

        Outcome outcome = run(link, Map.of(), "ask", "two words");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines())
                .contains("-Dapprentice.root=" + root.toRealPath(), "-Dapprentice.terminal=false")
                .endsWith(root.toRealPath().resolve("deploy/cli/target/apprentice.jar").toString(), "ask", "two words");
    }

    @Test
    void asksForAJdkWhereThereIsNone() throws Exception {
        Outcome outcome = run(root.resolve("apprentice"), Map.of(), "up");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err().strip())
                .isEqualTo("apprentice: No Java is found; install a JDK 17 or newer, or set JAVA_HOME to one.");
    }

    @Test
    void namesTheJavaThatIsTooOld() throws Exception {
        Path java = java("11.0.2");

        assertThat(run(root.resolve("apprentice"), Map.of(), "up").err().strip())
                .isEqualTo("apprentice: " + java + " is Java 11.0.2; set JAVA_HOME to a JDK 17 or newer.");
    }

    @Test
    void namesTheJavaHomeThatIsNone() throws Exception {
        java("17.0.9");

        assertThat(run(root.resolve("apprentice"), Map.of("JAVA_HOME", "/no/where"), "up").err().strip())
                .isEqualTo("apprentice: JAVA_HOME is /no/where, but there is no bin/java in it; set it to a JDK 17 or newer,"
                        + " or unset it.");
    }

    @Test
    void asksForMavenOnlyWhenThereIsSomethingToBuild() throws Exception {
        java("25-ea");
        assertThat(run(root.resolve("apprentice"), Map.of(), "up").status()).isZero();

        Files.delete(root.resolve(PACKAGES.get(1)));

        assertThat(run(root.resolve("apprentice"), Map.of(), "up").err().strip())
                .isEqualTo("apprentice: Maven is needed to build Apprentice and is not found; install Maven 3.8.7 or newer.");
    }

    @Test
    void buildsOnceWhenASourceIsNewer() throws Exception {
        java("17.0.9");
        maven("[INFO] Building Apprentice :: libs :: contracts 0.1.0-SNAPSHOT                [2/12]", 0);
        Files.setLastModifiedTime(root.resolve("libs/contracts/src/main/A.java"), FileTime.from(Instant.now().minusSeconds(5)));

        Outcome first = run(root.resolve("apprentice"), Map.of(), "up");
        Outcome second = run(root.resolve("apprentice"), Map.of(), "up");

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.err().strip()).isEqualTo("Building [2/12] libs :: contracts");
        assertThat(second.err()).isEmpty();
    }

    @Test
    void leavesThePackagesOfARunningSystemAlone() throws Exception {
        java("17.0.9");
        maven("must not be called", 1);
        Files.setLastModifiedTime(root.resolve("pom.xml"), FileTime.from(Instant.now()));
        write(home.resolve("run/judge-service.json"), "{\"pid\":" + ProcessHandle.current().pid() + "}", Instant.now());

        Outcome outcome = run(root.resolve("apprentice"), Map.of(), "--home", home.toString(), "status");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.err().strip())
                .isEqualTo("apprentice: Sources are newer than what runs; `apprentice down` first to have them built.");
    }

    @Test
    void findsARunningSystemWhereTheShellHasLeftTheTilde() throws Exception {
        java("17.0.9");
        maven("must not be called", 1);
        Files.setLastModifiedTime(root.resolve("pom.xml"), FileTime.from(Instant.now()));
        write(home.resolve("run/judge-service.json"), "{\"pid\":" + ProcessHandle.current().pid() + "}", Instant.now());

        assertThat(run(root.resolve("apprentice"), Map.of(), "--home=~/home", "status").status()).isZero();
    }

    @Test
    void saysWhyABuildFailed() throws Exception {
        java("17.0.9");
        maven("[ERROR] A.java:[3,1] class expected", 1);
        Files.delete(root.resolve(PACKAGES.get(0)));

        Outcome outcome = run(root.resolve("apprentice"), Map.of(), "up");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err().lines()).containsExactly(
                "[ERROR] A.java:[3,1] class expected",
                "apprentice: The build failed; all it said is in " + root.toRealPath() + "/target/build.log.");
    }

    private Outcome run(Path script, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(bin.resolve("sh").toString(), script.toString()), Stream.of(arguments)).toList());
        builder.directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", bin.toString(), "HOME", folder.toString()));
        builder.environment().putAll(environment);
        Path err = folder.resolve("err");
        Process process = builder.redirectError(err.toFile()).start();
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), said, Files.readString(err));
        }
    }

    /** Creates a fake Java: prints its version if asked for it, else its arguments, one on each line. */
    private Path java(String version) throws IOException {
        script("javac", "");
        return script("java", "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version
                + "\" 2026-01-01' >&2; else printf '%s\\n' \"$@\"; fi");
    }

    private void maven(String says, int status) throws IOException {
        script("mvn", "echo '" + says + "'; exit " + status);
    }

    private Path script(String name, String body) throws IOException {
        Path script = bin.resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private static void write(Path file, String content, Instant modified) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    private static Path find(String tool) {
        return Stream.of("/usr/bin", "/bin")
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
