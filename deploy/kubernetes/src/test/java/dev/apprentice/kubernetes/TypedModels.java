package dev.apprentice.kubernetes;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a manifest as the type of its kind and finds the fields that the type does not have. */
final class TypedModels {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
            Map.entry("v1/Pod", Pod.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
            Map.entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class),
            Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class));

    /** The fields of a Kafka trigger and its objects in KEDA's documentation, since KEDA has no Java models. */
    private static final Map<String, Set<String>> KEDA = Map.of(
            "", Set.of("apiVersion", "kind", "metadata", "spec"),
            "metadata", Set.of("name"),
            "spec", Set.of("scaleTargetRef", "minReplicaCount", "maxReplicaCount", "pollingInterval", "cooldownPeriod", "triggers",
                    "secretTargetRef"),
            "spec.scaleTargetRef", Set.of("apiVersion", "kind", "name"),
            "spec.triggers", Set.of("type", "metadata", "authenticationRef"),
            "spec.triggers.metadata", Set.of("bootstrapServers", "consumerGroup", "topic", "lagThreshold", "activationLagThreshold",
                    "offsetResetPolicy", "allowIdleConsumers", "tls", "sasl"),
            "spec.triggers.authenticationRef", Set.of("name", "kind"),
            "spec.secretTargetRef", Set.of("parameter", "name", "key"));

    /** The fields of a job of Kubeflow's MPI operator, which has no Java models either; its pod templates are Kubernetes's own. */
    private static final Map<String, Set<String>> MPI_JOB = Map.of(
            "", Set.of("apiVersion", "kind", "metadata", "spec"),
            "metadata", Set.of("name", "labels"),
            "spec", Set.of("slotsPerWorker", "launcherCreationPolicy", "runLauncherAsWorker", "sshAuthMountPath", "mpiImplementation",
                    "runPolicy", "mpiReplicaSpecs"),
            "spec.runPolicy", Set.of("cleanPodPolicy", "ttlSecondsAfterFinished", "activeDeadlineSeconds", "backoffLimit",
                    "schedulingPolicy", "suspend"),
            "spec.mpiReplicaSpecs", Set.of("Launcher", "Worker"),
            "spec.mpiReplicaSpecs.Launcher", Set.of("replicas", "restartPolicy", "template"),
            "spec.mpiReplicaSpecs.Worker", Set.of("replicas", "restartPolicy", "template"));

    private TypedModels() {}

    /** Returns each unknown field with its path; empty if the manifest matches its type. */
    static List<String> unknownFields(JsonNode manifest) {
        String kind = manifest.path("apiVersion").asText() + "/" + manifest.path("kind").asText();
        List<String> unknown = new ArrayList<>();
        if (kind.startsWith("keda.sh/v1alpha1/")) {
            compare(KEDA, "", manifest, unknown);
            return unknown;
        }
        if (kind.equals("kubeflow.org/v2beta1/MPIJob")) {
            ObjectNode job = manifest.deepCopy();
            for (JsonNode role : job.at("/spec/mpiReplicaSpecs")) {
                JsonNode template = ((ObjectNode) role).remove("template");
                unknown.addAll(unknownFields(((ObjectNode) template).put("apiVersion", "v1").put("kind", "Pod")));
            }
            compare(MPI_JOB, "", job, unknown);
            return unknown;
        }
        Class<?> type = TYPES.get(kind);
        if (type == null) {
            return List.of(kind + " is no kind that is known here");
        }
        try {
            walk(Manifests.name(manifest), MAPPER.treeToValue(manifest, type), unknown);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return List.of(Manifests.name(manifest) + ": " + e.getOriginalMessage());
        }
        return unknown;
    }

    private static void compare(Map<String, Set<String>> known, String path, JsonNode node, List<String> unknown) {
        if (node.isArray()) {
            node.forEach(each -> compare(known, path, each, unknown));
        } else if (node.isObject()) {
            node.fields().forEachRemaining(field -> {
                if (!known.getOrDefault(path, Set.of()).contains(field.getKey())) {
                    unknown.add(path + "." + field.getKey());
                }
                compare(known, path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), unknown);
            });
        }
    }

    /** Collects unknown fields, which the models keep as additional properties. */
    private static void walk(String path, Object value, List<String> unknown) {
        if (value instanceof Collection<?> values) {
            values.forEach(each -> walk(path, each, unknown));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> walk(path + "." + key, each, unknown));
        } else if (value != null && value.getClass().getName().matches("io\\.(fabric8|strimzi)\\..*") && !value.getClass().isEnum()) {
            for (Method getter : value.getClass().getMethods()) {
                if (!getter.isBridge() && getter.getName().startsWith("get") && getter.getParameterCount() == 0
                        && getter.getDeclaringClass() != Object.class) {
                    Object property = call(getter, value);
                    String name = getter.getName().substring(3);
                    if (name.equals("AdditionalProperties")) {
                        ((Map<?, ?>) property).keySet().forEach(key -> unknown.add(path + "." + key));
                    } else if (property != value) {
                        walk(path + "." + name, property, unknown);
                    }
                }
            }
        }
    }

    private static Object call(Method getter, Object on) {
        try {
            return getter.invoke(on);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(getter + " cannot be called", e);
        }
    }
}
