package dev.apprentice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Manifests as trees, from files or from a generator. */
record Manifests(List<JsonNode> all) {

    static final Path ROOT = Path.of("").toAbsolutePath();
    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Returns the manifests of {@code base} and of the components, without Kustomize's own files. */
    static Manifests written() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String folder : List.of("base", "components")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
                    if (!file.endsWith("kustomization.yaml")) {
                        all.addAll(of(Files.readString(file)).all());
                    }
                }
            }
        }
        return new Manifests(all);
    }

    static Manifests of(String text) throws IOException {
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(text)) {
            return new Manifests(documents.readAll().stream().filter(each -> each.has("kind")).toList());
        }
    }

    List<JsonNode> ofKind(String kind) {
        return all.stream().filter(each -> each.path("kind").asText().equals(kind)).toList();
    }

    Optional<JsonNode> find(String kind, String name) {
        return ofKind(kind).stream().filter(each -> name(each).equals(name)).findFirst();
    }

    JsonNode get(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    /** Returns the deployment or the stateful set of a service. */
    JsonNode workload(String service) {
        return find("Deployment", service).orElseGet(() -> get("StatefulSet", service));
    }

    JsonNode container(String service) {
        return workload(service).at("/spec/template/spec/containers/0");
    }

    static String name(JsonNode manifest) {
        return manifest.at("/metadata/name").asText();
    }
}
