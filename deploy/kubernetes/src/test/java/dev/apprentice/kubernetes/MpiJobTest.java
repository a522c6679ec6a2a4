package dev.apprentice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The trainer on several machines equals the one on a single machine, but Kubeflow's MPI operator starts it. */
class MpiJobTest {

    private static final String WORKER = "/spec/mpiReplicaSpecs/Worker/template/spec";

    private static Manifests example;
    private static JsonNode job;
    private static JsonNode alone;

    @BeforeAll
    static void read() throws IOException {
        example = Manifests.of(Files.readString(Manifests.ROOT.resolve("examples/trainer-ranks.yaml")));
        job = example.get("MPIJob", "trainer-ranks");
        alone = Manifests.written().workload("trainer-service").at("/spec/template/spec");
    }

    @Test
    void everyFieldIsDocumented() {
        assertThat(example.all()).hasSize(3)
                .allSatisfy(manifest -> assertThat(TypedModels.unknownFields(manifest)).isEmpty());
        ObjectNode misspelt = job.deepCopy();
        ((ObjectNode) misspelt.path("spec")).put("slotPerWorker", 1);
        ((ObjectNode) misspelt.at(WORKER + "/containers/0")).put("imagePolicy", "Always");
        assertThat(TypedModels.unknownFields(misspelt)).hasSize(2)
                .anyMatch(field -> field.endsWith("slotPerWorker")).anyMatch(field -> field.endsWith("imagePolicy"));
    }

    @Test
    void aRankHasTheTrainersSettingsSecretsAndVolumes() {
        JsonNode worker = job.at(WORKER + "/containers/0");
        JsonNode container = alone.at("/containers/0");
        List<JsonNode> more = elements(worker.path("env"));
        more.removeAll(elements(container.path("env")));
        List<JsonNode> volumes = elements(job.at(WORKER + "/volumes"));
        volumes.removeAll(elements(alone.path("volumes")));

        assertThat(elements(worker.path("env"))).containsAll(elements(container.path("env")));
        assertThat(more).extracting(variable -> variable.path("name").asText())
                .containsExactlyInAnyOrder("APPRENTICE_TRAINER_DEVICE", "JAVA_OPTS");
        assertThat(worker.path("envFrom")).isEqualTo(container.path("envFrom"));
        assertThat(elements(worker.path("volumeMounts"))).containsAll(elements(container.path("volumeMounts")));
        assertThat(volumes).extracting(volume -> volume.path("name").asText()).containsExactly("shared-memory");
        assertThat(job.at(WORKER + "/serviceAccountName")).isEqualTo(alone.path("serviceAccountName"));
        for (String role : List.of("Launcher", "Worker")) {
            JsonNode pod = job.at("/spec/mpiReplicaSpecs/" + role + "/template/spec");
            assertThat(pod.path("terminationGracePeriodSeconds")).isEqualTo(alone.path("terminationGracePeriodSeconds"));
            assertThat(pod.path("securityContext")).isEqualTo(alone.path("securityContext"));
            assertThat(pod.at("/containers/0/securityContext")).isEqualTo(container.path("securityContext"));
            assertThat(pod.at("/containers/0/image").asText()).isEqualTo("apprentice/trainer-service-ranks");
        }
    }

    /** Names that one file defines and another uses must match. */
    @Test
    void theLauncherFindsWhatTheImageAndTheWorkersHave() throws IOException {
        Path service = Manifests.ROOT.getParent().getParent().resolve("trainer-service");
        String image = Files.readString(service.resolve("Containerfile.ranks"));
        String launched = job.at("/spec/mpiReplicaSpecs/Launcher/template/spec/containers/0/command").toString();
        String entryPoint = Files.readAllLines(service.resolve("Containerfile")).stream()
                .filter(line -> line.startsWith("ENTRYPOINT "))
                .findFirst().orElseThrow()
                .replaceAll(".*\"exec (java .*)\"]", "$1");

        assertThat(launched).contains(". /tmp/environment && exec " + entryPoint, "\"--wdir\",\"/opt/apprentice\"");
        assertThat(job.at(WORKER + "/containers/0/command").toString())
                .contains("export -p > /tmp/environment && exec /usr/sbin/sshd -De -f /etc/ssh/ranks");
        assertThat(image).contains("/etc/ssh/ranks", "Port 2222", "HostKey " + job.at("/spec/sshAuthMountPath").asText() + "/id_rsa");
        assertThat(job.at(WORKER + "/containers/0/ports/1/containerPort").asInt()).isEqualTo(2222);
        assertThat(job.at(WORKER + "/containers/0/resources/limits/nvidia.com~1gpu")).isEqualTo(job.at("/spec/slotsPerWorker"));
        assertThat(example.get("Service", "trainer-service").at("/spec/ports"))
                .isEqualTo(Manifests.written().get("Service", "trainer-service").at("/spec/ports"));
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }
}
