package dev.apprentice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A service's pod can reach every server that its settings may name, and every such setting has a policy. */
class NetworkPoliciesTest {

    private static final List<String> ALL = List.of("dataset-service", "trainer-service", "inference-service", "judge-service");
    private static final Pattern SECTION = Pattern.compile("## (.+)");
    /** Matches a setting that holds an address, with its default, in docs/configuration.md, which is generated from the code. */
    private static final Pattern ADDRESS = Pattern.compile("\\| `([a-z.-]*\\b(?:url|uri|endpoint|servers))` \\| `[^`]*` \\| (?:`([^`]*)`)? ?\\|.*");

    /** For each setting its policy and, if it has no default, its usual port in the cluster. */
    private static final Map<String, Way> WAYS = Map.of(
            "apprentice.judge.ollama.url", new Way("ask-ollama", 11434),
            "apprentice.judge.openai.url", new Way("ask-vllm", 8000),
            "mlflow.tracking.uri", new Way("register-at-mlflow", 5000),
            "apprentice.storage.endpoint", new Way("reach-object-store", 9000));

    /** Settings of libraries, which all four services have. */
    private static final Map<String, Way> OF_LIBRARIES = Map.of(
            "quarkus.otel.exporter.otlp.endpoint", new Way("export-traces", 4317),
            "quarkus.oidc.auth-server-url", new Way("check-tokens", 8443),
            "kafka.bootstrap.servers", new Way("reach-kafka", 9093));

    private static Manifests manifests;

    @BeforeAll
    static void read() throws IOException {
        manifests = Manifests.written();
    }

    @Test
    void everyAddressThatASettingNamesIsReached() throws IOException {
        Map<String, Setting> settings = addresses();

        assertThat(settings.keySet()).as("settings that hold an address").isEqualTo(new TreeSet<>(WAYS.keySet()));
        settings.forEach((key, setting) -> {
            Way way = WAYS.get(key);
            if (!setting.byDefault().isEmpty()) {
                assertThat(URI.create(setting.byDefault()).getPort()).as("the default port of " + key).isEqualTo(way.port());
            }
            assertThat(setting.services()).allSatisfy(service -> assertReached(service, way));
        });
        OF_LIBRARIES.values().forEach(way -> ALL.forEach(service -> assertReached(service, way)));
    }

    /**
     * The outside means the hub, hosted judges, issuers and collectors, but no address of a private network or of the cloud's
     * metadata.
     */
    @Test
    void theWorldOutsideIsReachedByHttpsAndNothingInside() {
        ALL.forEach(service -> assertReached(service, new Way("reach-outside", 443)));
        assertReached("dataset-service", new Way("fetch-datasets", 80));
        assertThat(selects("fetch-datasets", "judge-service")).isFalse();
        for (String policy : List.of("reach-outside", "fetch-datasets")) {
            JsonNode to = manifests.get("NetworkPolicy", policy).at("/spec/egress/0/to");
            assertThat(to).extracting(each -> each.at("/ipBlock/cidr").asText()).containsExactly("0.0.0.0/0", "::/0");
            assertThat(to.at("/0/ipBlock/except"))
                    .extracting(JsonNode::asText)
                    .contains("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16");
            assertThat(to.at("/1/ipBlock/except")).extracting(JsonNode::asText).contains("fc00::/7", "fe80::/10");
        }
    }

    @Test
    void theChartReachesWhatItsValuesName() throws IOException {
        Manifests chart = Manifests.of(new Helm(Manifests.ROOT).template()
                .set("reach.reach-kafka.cidr", "10.1.2.0/24")
                .set("reach.reach-kafka.ports[0]", "9092")
                .set("reach.register-at-mlflow.labels.app", "tracking")
                .call());

        assertThat(chart.all()).allSatisfy(manifest -> assertThat(TypedModels.unknownFields(manifest)).isEmpty());
        JsonNode kafka = chart.get("NetworkPolicy", "reach-kafka").at("/spec/egress");
        assertThat(kafka).hasSize(1);
        assertThat(kafka.at("/0/to")).hasSize(1);
        assertThat(kafka.at("/0/to/0/ipBlock/cidr").asText()).isEqualTo("10.1.2.0/24");
        assertThat(kafka.at("/0/ports")).hasSize(1);
        assertThat(kafka.at("/0/ports/0/port").asInt()).isEqualTo(9092);
        JsonNode mlflow = chart.get("NetworkPolicy", "register-at-mlflow").at("/spec/egress/0");
        assertThat(mlflow.at("/to/0/podSelector/matchLabels/app").asText()).isEqualTo("tracking");
        assertThat(mlflow.at("/ports/0/port").asInt()).isEqualTo(5000);
    }

    private static void assertReached(String service, Way way) {
        assertThat(selects(way.policy(), service)).as(way.policy() + " is for " + service).isTrue();
        JsonNode egress = manifests.get("NetworkPolicy", way.policy()).at("/spec/egress");
        assertThat(egress).as(way.policy() + " opens port " + way.port()).anySatisfy(rule ->
                assertThat(rule.path("ports")).anyMatch(port -> port.path("port").asInt() == way.port()));
    }

    private static boolean selects(String policy, String service) {
        JsonNode labels = manifests.workload(service).at("/spec/template/metadata/labels");
        JsonNode selector = manifests.get("NetworkPolicy", policy).at("/spec/podSelector/matchLabels");
        return !selector.isEmpty() && StreamSupport.stream(selector.properties().spliterator(), false)
                .allMatch(wanted -> wanted.getValue().equals(labels.path(wanted.getKey())));
    }

    private static Map<String, Setting> addresses() throws IOException {
        Map<String, Setting> found = new TreeMap<>();
        Set<String> services = Set.of();
        for (String line : Files.readAllLines(Manifests.ROOT.getParent().getParent().resolve("docs/configuration.md"))) {
            Matcher section = SECTION.matcher(line);
            Matcher address = ADDRESS.matcher(line);
            if (section.matches()) {
                services = ALL.contains(section.group(1)) ? Set.of(section.group(1)) : Set.copyOf(ALL);
            } else if (address.matches()) {
                found.put(address.group(1), new Setting(services, address.group(2) == null ? "" : address.group(2)));
            }
        }
        return found;
    }

    private record Way(String policy, int port) {}

    private record Setting(Set<String> services, String byDefault) {}
}
