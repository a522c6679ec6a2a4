package dev.apprentice.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassDataTest {

    private static final String VERSION = Runtime.version().toString();

    @TempDir Path folder;

    /** The output of {@link Greeting}, in a JVM of its own. */
    private static final String GREETING = "at your service";

    /** The program in the package. */
    public static final class Greeting {

        public static void main(String[] arguments) {
            System.out.println(GREETING);
        }
    }

    @Test
    void whatOneStartWritesTheNextUsesAndADamagedOneStopsNone() throws Exception {
        Path jar = jar();
        assertThat(ClassData.of(jar, VERSION)).first().asString().startsWith("-XX:ArchiveClassesAtExit=");
        assertThat(run(jar)).isEqualTo(GREETING);

        Path archive;
        try (var files = Files.list(folder)) {
            archive = files.filter(file -> file.toString().endsWith(".jsa")).findFirst().orElseThrow();
        }
        assertThat(ClassData.of(jar, VERSION)).first().isEqualTo("-XX:SharedArchiveFile=" + archive);
        assertThat(run(jar)).isEqualTo(GREETING);

        Files.setPosixFilePermissions(archive, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Files.write(archive, "rubbish".getBytes(StandardCharsets.UTF_8));
        assertThat(ClassData.of(jar, VERSION)).first().isEqualTo("-XX:SharedArchiveFile=" + archive);
        assertThat(run(jar)).isEqualTo(GREETING);

        Files.write(archive, new byte[4096]);
        assertThat(ClassData.of(jar, VERSION)).first().asString().startsWith("-XX:ArchiveClassesAtExit=");
        assertThat(run(jar)).isEqualTo(GREETING);
    }

    private static String run(Path jar) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ClassData.of(jar, VERSION));
        command.addAll(List.of("-jar", jar.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private Path jar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Greeting.class.getName());
        Path jar = folder.resolve("package.jar");
        String entry = Greeting.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var code = Greeting.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new ZipEntry(entry));
            code.transferTo(out);
            out.closeEntry();
        }
        return jar;
    }
}
