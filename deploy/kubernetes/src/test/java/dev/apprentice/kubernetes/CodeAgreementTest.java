package dev.apprentice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.topic.ConsumerGroups;
import dev.apprentice.contracts.topic.KafkaPrefix;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ports, variables, topics, groups and images of the manifests equal those of the code. */
class CodeAgreementTest {

    private static final Path PROJECT = Manifests.ROOT.getParent().getParent();

    private static Manifests manifests;

    @BeforeAll
    static void read() throws IOException {
        manifests = Manifests.written();
    }

    static List<String> services() {
        return List.of("dataset-service", "trainer-service", "inference-service", "judge-service");
    }

    @ParameterizedTest
    @MethodSource("services")
    void aServiceHasItsPortEverywhere(String service) throws IOException {
        int port = Integer.parseInt(properties(service).getProperty("quarkus.http.port"));

        assertThat(manifests.container(service).at("/ports/0/containerPort").asInt()).isEqualTo(port);
        assertThat(manifests.get("Service", service).at("/spec/ports/0/port").asInt()).isEqualTo(port);
        assertThat(manifests.get("NetworkPolicy", "apprentice-services").at("/spec/ingress/0/ports"))
                .anyMatch(allowed -> allowed.path("port").asInt() == port);
        assertThat(Files.readString(PROJECT.resolve(service).resolve("Containerfile")))
                .contains("EXPOSE " + port, "-t apprentice/" + service + " ");
        assertThat(manifests.container(service).path("image").asText()).isEqualTo("apprentice/" + service);
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyVariableIsOneThatTheServiceKnows(String service) {
        Set<String> names = new TreeSet<>(manifests.get("ConfigMap", "kafka-connection").path("data").properties().stream()
                .map(Map.Entry::getKey)
                .toList());
        manifests.get("ConfigMap", "object-store").path("data").properties().forEach(variable -> names.add(variable.getKey()));
        manifests.container(service).path("env").forEach(variable -> names.add(variable.path("name").asText()));

        assertThat(names).allSatisfy(name -> assertThat(KnownVariables.contain(name)).as(service + " has a variable " + name).isTrue());
    }

    @Test
    void theStandingTopicsAreThoseOfTheContracts() throws IOException {
        Map<String, JsonNode> topics = manifests.ofKind("KafkaTopic").stream()
                .collect(Collectors.toMap(Manifests::name, topic -> topic.path("spec")));
        Set<String> expected = Topics.PROVISIONED.stream().map(Topic::name).collect(Collectors.toCollection(HashSet::new));
        expected.add(Topics.DEAD_LETTERS);

        assertThat(topics.keySet()).isEqualTo(expected);
        Properties kit = new Properties();
        try (Reader reader = Files.newBufferedReader(
                PROJECT.resolve("libs/service-kit/src/main/resources/META-INF/microprofile-config.properties"))) {
            kit.load(reader);
        }
        Topics.PROVISIONED.forEach(topic -> topic.settings().forEach((setting, value) -> assertThat(
                        List.of(topics.get(topic.name()).path("config").path(setting).asText().split(",")))
                .as(topic.name() + " " + setting)
                .containsExactlyInAnyOrder(value.split(","))));
        assertThat(topics).allSatisfy((name, spec) -> {
            assertThat(spec.path("config").path("message.timestamp.type").asText()).isEqualTo("LogAppendTime");
            assertThat(spec.path("config").path("max.message.bytes").asText()).isEqualTo(kit.getProperty("apprentice.kafka.max-record-bytes"));
        });
        String partitions = manifests.get("ConfigMap", "kafka-connection").at("/data/APPRENTICE_KAFKA_PARTITIONS").asText();
        assertThat(topics.values()).allSatisfy(spec -> assertThat(spec.path("partitions").asText()).isEqualTo(partitions));
    }

    /** A user may use the topics that the service's channels read or write, and their groups. */
    @ParameterizedTest
    @MethodSource("services")
    void aServicesUserMayDoWhatItsChannelsDo(String service) throws IOException {
        Properties properties = properties(service);
        JsonNode acls = manifests.get("KafkaUser", service).at("/spec/authorization/acls");
        List<String> forbidden = new ArrayList<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.matches("mp\\.messaging\\.(incoming|outgoing)\\..*\\.topic")) {
                String operation = key.contains(".incoming.") ? "Read" : "Write";
                if (!allows(acls, "topic", properties.getProperty(key), operation)) {
                    forbidden.add(operation + " " + properties.getProperty(key));
                }
            } else if (key.endsWith(".group.id") && !allows(acls, "group", properties.getProperty(key), "Read")) {
                forbidden.add("group " + properties.getProperty(key));
            }
        }
        if (!allows(acls, "topic", Topics.DEAD_LETTERS, "Write")) {
            forbidden.add("Write " + Topics.DEAD_LETTERS);
        }

        assertThat(forbidden).isEmpty();
        assertThat(allows(acls, "topic", "somebody-elses", "Read")).isFalse();
    }

    @Test
    void theServicesAreScaledByTheLagOfTheGroupsThatShareTheirWork() {
        List<String> scaled = manifests.ofKind("ScaledObject").stream()
                .map(each -> each.at("/spec/triggers/0/metadata/consumerGroup").asText() + " "
                        + each.at("/spec/triggers/0/metadata/topic").asText())
                .toList();

        assertThat(scaled).containsExactlyInAnyOrder(
                ConsumerGroups.INFERENCE_SERVICE + " " + Topics.PROMPTS.name(),
                ConsumerGroups.JUDGE_SERVICE + " " + Topics.RESPONSES.name());
        manifests.ofKind("ScaledObject").forEach(each -> assertThat(manifests.find(
                        each.at("/spec/scaleTargetRef/kind").asText(), each.at("/spec/scaleTargetRef/name").asText()))
                .isPresent());
    }

    private static boolean allows(JsonNode acls, String kind, String name, String operation) {
        return StreamSupport.stream(acls.spliterator(), false).anyMatch(acl -> {
            JsonNode resource = acl.path("resource");
            boolean named = resource.path("patternType").asText().equals("prefix")
                    ? name.startsWith(resource.path("name").asText())
                    : name.equals(resource.path("name").asText());
            return resource.path("type").asText().equals(kind) && named
                    && acl.path("operations").toString().matches(".*\"(" + operation + "|All)\".*");
        });
    }

    private static Properties properties(String service) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(PROJECT.resolve(service + "/src/main/resources/application.properties"))) {
            properties.load(reader);
        }
        properties.replaceAll((key, value) -> value.toString().replace("${" + KafkaPrefix.KEY + ":}", ""));
        return properties;
    }
}
