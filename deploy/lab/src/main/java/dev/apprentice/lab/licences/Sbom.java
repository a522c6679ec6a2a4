package dev.apprentice.lab.licences;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads the SBOM in a service's package: CycloneDX, JSON. */
final class Sbom {

    static final String ENTRY = "META-INF/sbom/application.cdx.json";

    private Sbom() {}

    /**
     * Returns the libraries of a package.
     *
     * @param folder {@code quarkus-app}
     * @throws CommandException if there is no package or none with an SBOM
     */
    static List<Component> of(Path folder) throws IOException {
        Path application = folder.resolve("app");
        if (!Files.isDirectory(application)) {
            throw new CommandException("There is no package in " + folder + "; run `mvn package -DskipTests` first.");
        }
        try (Stream<Path> jars = Files.list(application)) {
            for (Path jar : jars.filter(each -> each.toString().endsWith(".jar")).toList()) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    ZipEntry entry = zip.getEntry(ENTRY);
                    if (entry != null) {
                        return read(Json.MAPPER.readTree(zip.getInputStream(entry)));
                    }
                }
            }
        }
        throw new CommandException("The package in " + folder + " has no " + ENTRY + "; run `mvn package -DskipTests` again.");
    }

    static List<Component> read(JsonNode bom) {
        List<Component> components = new ArrayList<>();
        for (JsonNode component : bom.path("components")) {
            List<String> licences = new ArrayList<>();
            for (JsonNode licence : component.path("licenses")) {
                Stream.of("/license/id", "/license/name", "/expression")
                        .map(licence::at)
                        .filter(JsonNode::isTextual)
                        .findFirst()
                        .ifPresent(text -> licences.add(text.asText()));
            }
            components.add(new Component(
                    component.path("group").asText() + ":" + component.path("name").asText(),
                    component.path("version").asText(), licences));
        }
        return components;
    }
}
