package dev.apprentice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests match their types, and a service's pod has no more rights than it needs. */
class ManifestsTest {

    private static Manifests manifests;

    @BeforeAll
    static void read() throws IOException {
        manifests = Manifests.written();
    }

    @Test
    void everyManifestIsOfItsTypeToTheLastField() {
        assertThat(manifests.all()).hasSizeGreaterThan(30);
        assertThat(manifests.all()).allSatisfy(manifest -> assertThat(TypedModels.unknownFields(manifest)).isEmpty());
    }

    @Test
    void aMisspeltFieldIsFoundWhereverItIs() {
        ObjectNode deployment = manifests.get("Deployment", "inference-service").deepCopy();
        ((ObjectNode) deployment.at("/spec/template/spec/containers/0/readinessProbe")).put("periodSecond", 5);
        ObjectNode topic = manifests.get("KafkaTopic", "apprentice.runs").deepCopy();
        ((ObjectNode) topic.at("/spec")).put("partition", 3);
        ObjectNode scaled = manifests.get("ScaledObject", "judge-service").deepCopy();
        ((ObjectNode) scaled.at("/spec/triggers/0/metadata")).put("lagTreshold", "5");

        assertThat(TypedModels.unknownFields(deployment)).singleElement().asString().endsWith("periodSecond");
        assertThat(TypedModels.unknownFields(topic)).singleElement().asString().endsWith("partition");
        assertThat(TypedModels.unknownFields(scaled)).containsExactly("spec.triggers.metadata.lagTreshold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "inference-service", "judge-service"})
    void aServicesPodIsNotRootWritesToItsVolumesAloneAndHasBounds(String service) {
        JsonNode pod = manifests.workload(service).at("/spec/template/spec");
        JsonNode container = manifests.container(service);

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/serviceAccountName").asText()).isEqualTo(service);
        assertThat(manifests.find("ServiceAccount", service)).isPresent();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(container.at("/resources/requests/memory").asText()).matches("\\d+[MG]i");
        assertThat(container.at("/resources/limits/memory").asText()).matches("\\d+[MG]i");
        assertThat(manifests.find("PodDisruptionBudget", service)).isPresent();
    }

    /** A pod still answers while nodes send it requests, and then has time to end. Its temporary folder has a limit. */
    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "inference-service", "judge-service"})
    void aPodThatEndsRefusesNoRequestAndNoneFillsItsNode(String service) {
        JsonNode pod = manifests.workload(service).at("/spec/template/spec");
        int sleeps = manifests.container(service).at("/lifecycle/preStop/sleep/seconds").asInt();

        assertThat(sleeps).isBetween(5, pod.at("/terminationGracePeriodSeconds").asInt() - 20);
        assertThat(pod.at("/volumes")).filteredOn(volume -> volume.has("emptyDir"))
                .isNotEmpty()
                .allSatisfy(volume -> assertThat(volume.at("/emptyDir/sizeLimit").asText()).matches("\\d+Gi"));
        assertThat(manifests.get("Service", service).at("/spec/ipFamilyPolicy").asText()).isEqualTo("PreferDualStack");
    }

    /** Strimzi 1.0 supports no other version. */
    @Test
    void whatStrimziReadsIsOfTheVersionThatItStillReads() {
        assertThat(manifests.all()).extracting(manifest -> manifest.path("apiVersion").asText())
                .filteredOn(version -> version.startsWith("kafka.strimzi.io/"))
                .isNotEmpty()
                .containsOnly("kafka.strimzi.io/v1");
    }

    /** Only what a restart can fix may end a pod. The health checks named started would also wait for Kafka. */
    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "inference-service", "judge-service"})
    void noPodIsEndedBecauseKafkaIsAway(String service) {
        JsonNode container = manifests.container(service);

        assertThat(List.of("/startupProbe", "/livenessProbe")).extracting(probe -> container.at(probe + "/httpGet/path").asText())
                .containsOnly("/q/health/live"); // BrokerAwayIT checks it without a broker
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/q/health/ready");
    }

    /** Without keys, a service that listens outside its pod does not start. */
    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "inference-service", "judge-service"})
    void callersSignInWithKeysOfASecret(String service) {
        JsonNode container = manifests.container(service);
        JsonNode volumes = manifests.workload(service).at("/spec/template/spec/volumes");

        assertThat(container.path("env")).filteredOn(variable -> variable.path("name").asText().startsWith("APPRENTICE_SIGN_IN"))
                .singleElement().satisfies(variable -> {
                    assertThat(variable.path("name").asText()).isEqualTo("APPRENTICE_SIGN_IN_KEYS_FILE");
                    assertThat(variable.path("value").asText()).isEqualTo("/sign-in/keys");
                });
        assertThat(container.path("volumeMounts")).anySatisfy(mount -> {
            assertThat(mount.path("mountPath").asText()).isEqualTo("/sign-in");
            assertThat(mount.path("readOnly").asBoolean()).isTrue();
            assertThat(volumes).anySatisfy(volume -> {
                assertThat(volume.path("name")).isEqualTo(mount.path("name"));
                assertThat(volume.at("/secret/items/0/path").asText()).isEqualTo("keys");
                assertThat(volume.at("/secret/optional").asBoolean(false)).isFalse();
            });
        });
    }

    @Test
    void everySecretIsByReference() {
        assertThat(manifests.ofKind("Secret")).isEmpty();
        for (JsonNode manifest : manifests.all()) {
            for (JsonNode variable : manifest.at("/spec/template/spec/containers/0/env")) {
                if (variable.path("name").asText().matches(".*(PASSWORD|TOKEN|KEY)$")) {
                    assertThat(variable.at("/valueFrom/secretKeyRef/name").asText()).as(variable.toString()).isNotEmpty();
                }
            }
        }
    }
}
