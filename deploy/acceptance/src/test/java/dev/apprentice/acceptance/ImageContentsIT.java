package dev.apprentice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.lab.licences.LicenceCheck;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Containerfile copies exactly what the packaging has made. The package lists its libraries, all under allowed licences. */
class ImageContentsIT {

    private static final Path PROJECT = Path.of(System.getProperty("apprentice.root"));

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "inference-service", "judge-service"})
    void everythingThatIsCopiedIsThereAndAllOfThePackageIsCopied(String service) throws IOException {
        Path module = PROJECT.resolve(service);
        List<Path> copied = Files.readAllLines(module.resolve("Containerfile")).stream()
                .filter(line -> line.startsWith("COPY "))
                .map(line -> module.resolve(line.split(" ")[1]).normalize())
                .toList();

        assertThat(copied).isNotEmpty().allSatisfy(path -> assertThat(path).exists().startsWith(module.resolve("target/quarkus-app")));
        assertThat(Files.readAllLines(module.resolve(".dockerignore"))).containsExactly("*", "!target/quarkus-app");
        try (Stream<Path> packaged = Files.list(module.resolve("target/quarkus-app"))) {
            assertThat(packaged.filter(path -> !path.toString().matches(".*(libtorch|\\.jsa|quarkus-app-dependencies\\.txt)")))
                    .containsExactlyInAnyOrderElementsOf(copied);
        }
    }

    /** Checks the SBOM against the names of the jars, since no list was derived from those. */
    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "inference-service", "judge-service"})
    void thePackagesSbomHasEveryLibraryInIt(String service) throws IOException {
        Path packaged = PROJECT.resolve(service).resolve("target/quarkus-app");
        List<String> listed = new ArrayList<>();
        Path application = only(packaged.resolve("app"));
        try (FileSystem jar = FileSystems.newFileSystem(application)) {
            JsonNode sbom = Json.MAPPER.readTree(Files.readString(jar.getPath("META-INF/sbom/application.cdx.json")));
            assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
            for (JsonNode component : sbom.path("components")) {
                listed.add(component.path("group").asText() + "." + component.path("name").asText() + "-"
                        + component.path("version").asText());
            }
        }
        listed.remove("dev.apprentice." + application.getFileName().toString().replace(".jar", ""));

        List<String> libraries = new ArrayList<>();
        for (String folder : List.of("lib/main", "lib/boot")) {
            try (Stream<Path> jars = Files.list(packaged.resolve(folder))) {
                jars.forEach(jar -> libraries.add(jar.getFileName().toString().replace(".jar", "")));
            }
        }
        // the name of a native library's jar ends with its platform
        assertThat(libraries).hasSizeGreaterThan(100)
                .allSatisfy(library -> assertThat(listed).anyMatch(name -> library.equals(name) || library.startsWith(name + "-")));
        assertThat(listed).hasSize(libraries.size());
    }

    @Test
    void everyLibraryIsUnderALicenceThatIsAllowed() throws IOException {
        LicenceCheck check = LicenceCheck.of(PROJECT, Optional.empty());

        assertThat(check.components()).hasSizeGreaterThan(290);
        assertThat(check.refused()).isEmpty();
        Path strict = Files.writeString(folder.resolve("strict.txt"), "MIT\n");
        assertThat(LicenceCheck.of(PROJECT, Optional.of(strict)).refused())
                .anySatisfy(why -> assertThat(why).startsWith("org.apache.kafka:kafka-clients ").contains("is under Apache-2.0"));
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
