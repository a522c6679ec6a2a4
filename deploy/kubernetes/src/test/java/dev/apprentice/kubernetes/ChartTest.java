package dev.apprentice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The Helm chart generates the manifests of Kustomize's base, except for what its values change. */
class ChartTest {

    @Test
    void withItsOwnValuesTheChartIsTheBase() throws IOException {
        Map<String, JsonNode> base = byName(Manifests.written());
        Map<String, JsonNode> chart = byName(Manifests.of(chart().call()));

        assertThat(base.keySet()).containsAll(chart.keySet());
        assertThat(chart).hasSize(base.size() - 6); // without autoscaling and monitoring
        chart.forEach((name, manifest) -> {
            if (!name.matches("(Deployment|StatefulSet)/.*")) {
                assertThat(manifest).isEqualTo(base.get(name));
            }
        });
        assertThat(Manifests.of(chart().call()).container("trainer-service").path("image").asText())
                .isEqualTo("apprentice/trainer-service:latest");
    }

    @Test
    void whatItsValuesSayIsInEveryManifestThatTheyAreAbout() throws IOException {
        Manifests chart = Manifests.of(chart()
                .set("image.registry", "registry.example.com/apprentice")
                .set("image.tag", "1.2")
                .set("strimzi", "false")
                .set("autoscaling", "true")
                .set("connection.KAFKA_BOOTSTRAP_SERVERS", "kafka.example.com:9094")
                .set("services.dataset-service.replicas", "3")
                .set("services.inference-service.env.APPRENTICE_INFERENCE_PRECISION", "bfloat16")
                .call());

        assertThat(chart.all()).allSatisfy(manifest -> assertThat(TypedModels.unknownFields(manifest)).isEmpty());
        assertThat(chart.ofKind("KafkaTopic")).isEmpty();
        assertThat(chart.ofKind("ScaledObject")).hasSize(2);
        assertThat(chart.get("ConfigMap", "kafka-connection").at("/data/KAFKA_BOOTSTRAP_SERVERS").asText())
                .isEqualTo("kafka.example.com:9094");
        assertThat(chart.workload("dataset-service").at("/spec/replicas").asInt()).isEqualTo(3);
        JsonNode container = chart.container("inference-service");
        assertThat(container.path("image").asText()).isEqualTo("registry.example.com/apprentice/inference-service:1.2");
        assertThat(container.path("env")).anyMatch(variable -> variable.path("name").asText().equals("APPRENTICE_INFERENCE_PRECISION")
                && variable.path("value").asText().equals("bfloat16"));
    }

    /** Each upgrade would reset a number of replicas, and undo KEDA's scaling. */
    @Test
    void whatKedaScalesHasNoNumberOfInstances() throws IOException {
        Manifests chart = Manifests.of(chart().set("autoscaling", "true").set("services.judge-service.replicas", "2").call());

        assertThat(chart.ofKind("ScaledObject")).hasSize(2).allSatisfy(scaled ->
                assertThat(chart.workload(scaled.at("/spec/scaleTargetRef/name").asText()).path("spec").has("replicas")).isFalse());
        assertThat(chart.workload("trainer-service").at("/spec/replicas").asInt()).isEqualTo(1);
    }

    /** Pods read a ConfigMap's variables only at their start, and they restart only if their template changes. */
    @Test
    void servicesStartAnewWhereSettingsThatTheyShareChange() throws IOException {
        Manifests before = Manifests.of(chart().call());
        Manifests again = Manifests.of(chart().call());
        Manifests moved = Manifests.of(chart().set("connection.KAFKA_BOOTSTRAP_SERVERS", "kafka.example.com:9094").call());
        Manifests stored = Manifests.of(chart().set("objectStore.APPRENTICE_STORAGE_ENDPOINT", "http://minio.storage:9000").call());

        assertThat(List.of("dataset-service", "trainer-service", "inference-service", "judge-service")).allSatisfy(service -> {
            JsonNode template = before.workload(service).at("/spec/template");
            assertThat(again.workload(service).at("/spec/template")).isEqualTo(template);
            assertThat(moved.workload(service).at("/spec/template")).isNotEqualTo(template);
            assertThat(stored.workload(service).at("/spec/template")).isNotEqualTo(template);
        });
    }

    /** The alerts contain Prometheus's own templates, which the chart must not expand. */
    @Test
    void alertsAreThoseOfTheComponent() throws IOException {
        assertThat(Manifests.of(chart().set("monitoring", "true").call()).get("PrometheusRule", "apprentice"))
                .isEqualTo(Manifests.written().get("PrometheusRule", "apprentice"));
    }

    @Test
    void aPrefixIsBeforeEveryNameInKafka() throws IOException {
        Manifests chart = Manifests.of(chart().set("prefix", "blue.").set("autoscaling", "true").call());

        assertThat(chart.all()).allSatisfy(manifest -> assertThat(TypedModels.unknownFields(manifest)).isEmpty());
        assertThat(chart.get("ConfigMap", "kafka-connection").at("/data/APPRENTICE_KAFKA_PREFIX").asText()).isEqualTo("blue.");
        List<String> names = new ArrayList<>();
        chart.ofKind("KafkaTopic").forEach(topic -> names.add(topic.at("/spec/topicName").asText()));
        chart.ofKind("KafkaUser").forEach(user -> user.at("/spec/authorization/acls").forEach(acl -> {
            if (!acl.at("/resource/type").asText().equals("cluster")) {
                names.add(acl.at("/resource/name").asText());
            }
        }));
        chart.ofKind("ScaledObject").forEach(scaled -> scaled.at("/spec/triggers").forEach(trigger -> {
            names.add(trigger.at("/metadata/topic").asText());
            names.add(trigger.at("/metadata/consumerGroup").asText());
        }));
        assertThat(names).contains("blue.apprentice.runs", "blue.judge-service").hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(name).startsWith("blue."));
    }

    @Test
    void anObjectStoreIsNamedOnceAndItsCredentialsAreReferences() throws IOException {
        Manifests chart = Manifests.of(chart()
                .set("objectStore.APPRENTICE_STORAGE_ENDPOINT", "http://minio.storage:9000")
                .set("objectStore.APPRENTICE_TRAINER_CHECKPOINTS", "s3://apprentice/checkpoints")
                .call());

        assertThat(chart.all()).allSatisfy(manifest -> assertThat(TypedModels.unknownFields(manifest)).isEmpty());
        JsonNode data = chart.get("ConfigMap", "object-store").path("data");
        assertThat(data.path("APPRENTICE_TRAINER_CHECKPOINTS").asText()).isEqualTo("s3://apprentice/checkpoints");
        for (String service : List.of("dataset-service", "trainer-service", "inference-service")) {
            JsonNode container = chart.container(service);
            assertThat(container.path("envFrom")).anyMatch(source -> source.at("/configMapRef/name").asText().equals("object-store"));
            assertThat(container.path("env")).anyMatch(variable -> variable.path("name").asText().equals("AWS_SECRET_ACCESS_KEY")
                    && variable.at("/valueFrom/secretKeyRef/name").asText().equals("object-store"));
        }
    }

    @Test
    void aServiceWithAGraphicsCardHasTheImageThatIsMadeForIt() throws IOException {
        Manifests chart = Manifests.of(chart()
                .set("image.tag", "1.2")
                .set("services.trainer-service.gpus", "2")
                .set("services.inference-service.gpus", "1")
                .call());

        assertThat(chart.all()).allSatisfy(manifest -> assertThat(TypedModels.unknownFields(manifest)).isEmpty());
        JsonNode trainer = chart.container("trainer-service");
        assertThat(trainer.path("image").asText()).isEqualTo("apprentice/trainer-service-cuda:1.2");
        assertThat(trainer.at("/resources/limits/nvidia.com~1gpu").asInt()).isEqualTo(2);
        assertThat(trainer.path("env")).anyMatch(variable -> variable.path("name").asText().equals("APPRENTICE_TRAINER_DEVICE")
                && variable.path("value").asText().equals("gpu"));
        assertThat(chart.container("inference-service").path("env"))
                .anyMatch(variable -> variable.path("name").asText().equals("APPRENTICE_INFERENCE_DEVICE"));
        assertThat(chart.workload("inference-service").at("/spec/strategy/rollingUpdate/maxSurge").asInt(-1)).as("cards beside its own").isZero();
        assertThat(chart.container("judge-service").path("image").asText()).isEqualTo("apprentice/judge-service:1.2");
    }

    private static TemplateCommand chart() {
        return new Helm(Manifests.ROOT).template();
    }

    private static Map<String, JsonNode> byName(Manifests manifests) {
        Map<String, JsonNode> named = new TreeMap<>();
        manifests.all().forEach(manifest ->
                named.put(manifest.path("kind").asText() + "/" + Manifests.name(manifest), manifest));
        return named;
    }
}
