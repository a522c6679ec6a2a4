package dev.apprentice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the images of {@code mvn package -Pjib}, on any base. {@code .ci/run} builds that of judge-service without a base image. */
class JibImageIT {

    private static final Path PROJECT = Path.of(System.getProperty("apprentice.root"));

    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "inference-service", "judge-service"})
    void theImageRunsThePackageAsAUserThatMayWriteToItsDataAlone(String service) throws IOException {
        Path tar = PROJECT.resolve(service).resolve("target/jib-image.tar");
        Path jar = PROJECT.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
        assumeTrue(Files.exists(tar) && Files.getLastModifiedTime(tar).compareTo(Files.getLastModifiedTime(jar)) > 0,
                "images are made with -Pjib alone, and this package has none");
        Image image = Image.read(tar);
        JsonNode config = image.config().path("config");
        Map<String, TarArchiveEntry> files = image.files();

        assertThat(config.path("User").asText()).isEqualTo("10001:0");
        assertThat(config.path("WorkingDir").asText()).isEqualTo("/opt/apprentice");
        assertThat(config.at("/Labels/org.opencontainers.image.title").asText()).isEqualTo(service);
        assertThat(config.path("Entrypoint")).extracting(JsonNode::asText)
                .containsExactly("sh", "-c", "exec java -Duser.home=/data $JAVA_OPTS -jar quarkus-run.jar");
        assertThat(config.path("Env")).extracting(JsonNode::asText)
                .contains("HOME=/data").anyMatch(variable -> variable.startsWith("JAVA_OPTS=-XX:MaxRAMPercentage=50 "));
        assertThat(files.keySet().stream().filter(name -> !name.endsWith("/")).filter(name -> name.startsWith("opt/apprentice/")))
                .containsExactlyInAnyOrderElementsOf(packaged(service));
        assertThat(files).doesNotContainKey("app/");
        assertThat(files.get("data/")).satisfies(data -> {
            assertThat(data.getMode() & 0777).isEqualTo(0770);
            assertThat(data.getLongGroupId()).isZero();
        });
        assertThat(files.get("opt/apprentice/quarkus-run.jar").getMode() & 0777).isEqualTo(0644);
    }

    private static Set<String> packaged(String service) throws IOException {
        Path folder = PROJECT.resolve(service).resolve("target/quarkus-app");
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString())
                    .filter(name -> name.matches("(lib|app|quarkus)/.*|quarkus-run\\.jar"))
                    .forEach(name -> names.add("opt/apprentice/" + name));
        }
        return names;
    }

    /**
     * An image that Docker can load.
     *
     * @param files the files of all layers, by path
     */
    private record Image(JsonNode config, Map<String, TarArchiveEntry> files) {

        static Image read(Path tar) throws IOException {
            JsonNode config = Json.MAPPER.createObjectNode();
            Map<String, TarArchiveEntry> files = new TreeMap<>();
            try (TarArchiveInputStream parts = new TarArchiveInputStream(Files.newInputStream(tar))) {
                for (TarArchiveEntry part = parts.getNextEntry(); part != null; part = parts.getNextEntry()) {
                    if (part.getName().equals("config.json")) {
                        config = Json.MAPPER.readTree(parts.readAllBytes());
                    } else if (part.getName().endsWith(".tar.gz")) {
                        // must stay open, since the image continues after it
                        TarArchiveInputStream layer = new TarArchiveInputStream(new GZIPInputStream(parts));
                        for (TarArchiveEntry file = layer.getNextEntry(); file != null; file = layer.getNextEntry()) {
                            files.put(file.getName(), file);
                        }
                    }
                }
            }
            return new Image(config, files);
        }
    }
}
