package dev.apprentice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Prometheus operator gets the rules of deploy/prometheus, which promtool tests. */
class PrometheusRuleTest {

    private static final Path WRITTEN = Manifests.ROOT.resolve("components/monitoring/prometheus-rule.yaml");
    private static final List<Path> RULES = List.of(
            Manifests.ROOT.resolveSibling("prometheus").resolve("recording.yml"), Manifests.ROOT.resolveSibling("prometheus").resolve("alerts.yml"));
    private static final String GROUPS = "groups:\n";

    @Test
    void theOperatorsRulesAreThoseThatAreTested() throws IOException {
        if (System.getProperty("apprentice.write-docs") != null) {
            write();
        }
        JsonNode manifest = Manifests.YAML.readTree(Files.readString(WRITTEN));
        ArrayNode groups = Manifests.YAML.createArrayNode();
        for (Path rules : RULES) {
            Manifests.YAML.readTree(Files.readString(rules)).path("groups").forEach(groups::add);
        }

        assertThat(groups).isNotEmpty();
        assertThat(manifest.at("/spec/groups")).isEqualTo(groups);
        assertThat(TypedModels.unknownFields(manifest)).isEmpty();
        assertThat(Files.readString(WRITTEN.resolveSibling("kustomization.yaml"))).contains("- " + WRITTEN.getFileName() + "\n");
    }

    /** Copies the rules as they are, comments included. */
    private static void write() throws IOException {
        String manifest = Files.readString(WRITTEN);
        StringBuilder written = new StringBuilder(manifest.substring(0, manifest.indexOf(GROUPS) + GROUPS.length()));
        for (Path rules : RULES) {
            String text = Files.readString(rules);
            written.append(text.substring(text.indexOf(GROUPS) + GROUPS.length()).lines()
                    .map(line -> line.isBlank() ? line : "  " + line)
                    .collect(Collectors.joining("\n", "", "\n")));
        }
        Files.writeString(WRITTEN, written.toString());
    }
}
