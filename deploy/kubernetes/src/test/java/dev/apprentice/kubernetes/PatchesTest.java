package dev.apprentice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The patches of Kustomize's components and overlays match existing manifests, and the results match their types. */
class PatchesTest {

    private static final String CONTAINER = "/spec/template/spec/containers/0";

    static Stream<Path> kustomizations() throws IOException {
        try (Stream<Path> files = Files.walk(Manifests.ROOT, 3)) {
            return files.filter(file -> file.endsWith("kustomization.yaml") && !file.toString().contains("/target/")).sorted().toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void everyPatchFitsWhatItNamesAndLeavesItOfItsType(Path kustomization) throws IOException {
        Manifests written = Manifests.written();
        for (JsonNode patch : Manifests.YAML.readTree(Files.readString(kustomization)).path("patches")) {
            List<JsonNode> meant = written.all().stream().filter(manifest -> isMeant(patch.path("target"), manifest)).toList();
            assertThat(meant).as(patch.path("target").toString()).isNotEmpty();
            for (JsonNode manifest : meant) {
                assertThat(TypedModels.unknownFields(patched(patch, manifest))).isEmpty();
            }
        }
    }

    /** Instances beyond the number of partitions would be idle. */
    @Test
    void inProductionThereAreAsManyPartitionsAsKedaMayMakeInstances() throws IOException {
        List<String> partitions = new ArrayList<>();
        for (JsonNode patch : Manifests.YAML.readTree(Files.readString(Manifests.ROOT.resolve("production/kustomization.yaml"))).path("patches")) {
            for (JsonNode change : Manifests.YAML.readTree(patch.path("patch").asText())) {
                if (change.path("path").asText().matches("/spec/partitions|/data/APPRENTICE_KAFKA_PARTITIONS")) {
                    partitions.add(change.path("value").asText());
                }
            }
        }

        assertThat(partitions).hasSize(2);
        assertThat(Manifests.written().ofKind("ScaledObject")).isNotEmpty().allSatisfy(
                scaled -> assertThat(partitions).containsOnly(scaled.at("/spec/maxReplicaCount").asText()));
    }

    /** Each {@code kubectl apply} would reset a number of replicas, and undo KEDA's scaling. */
    @Test
    void whatKedaScalesHasNoNumberOfInstances() throws IOException {
        Manifests written = Manifests.written();
        JsonNode component = Manifests.YAML.readTree(Files.readString(Manifests.ROOT.resolve("components/autoscaling/kustomization.yaml")));

        for (JsonNode scaled : written.ofKind("ScaledObject")) {
            JsonNode workload = written.workload(scaled.at("/spec/scaleTargetRef/name").asText());
            for (JsonNode patch : component.path("patches")) {
                workload = isMeant(patch.path("target"), workload) ? patched(patch, workload) : workload;
            }
            assertThat(workload.path("spec").has("replicas")).as(Manifests.name(workload)).isFalse();
        }
    }

    /** The patches of the component ranks apply after those of the component gpu. */
    @Test
    void aTrainerOfSeveralRanksHasACardAndAShareOfTheMemoryForEach() throws IOException {
        JsonNode trainer = Manifests.written().workload("trainer-service");
        for (String component : List.of("gpu", "ranks")) {
            Path file = Manifests.ROOT.resolve("components").resolve(component).resolve("kustomization.yaml");
            for (JsonNode patch : Manifests.YAML.readTree(Files.readString(file)).path("patches")) {
                if (isMeant(patch.path("target"), trainer)) {
                    trainer = patched(patch, trainer);
                }
            }
        }
        List<String> command = strings(trainer.at(CONTAINER + "/command"));
        int ranks = Integer.parseInt(command.get(command.indexOf("-n") + 1));
        String options = StreamSupport.stream(trainer.at(CONTAINER + "/env").spliterator(), false)
                .filter(variable -> variable.path("name").asText().equals("JAVA_OPTS"))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElseThrow();
        int share = Integer.parseInt(options.replaceAll(".*MaxRAMPercentage=(\\d+).*", "$1"));
        Path service = Manifests.ROOT.getParent().getParent().resolve("trainer-service");
        JsonNode entryPoint = Files.readAllLines(service.resolve("Containerfile")).stream()
                .filter(line -> line.startsWith("ENTRYPOINT "))
                .map(line -> json(line.substring("ENTRYPOINT ".length())))
                .findFirst()
                .orElseThrow();

        assertThat(TypedModels.unknownFields(trainer)).isEmpty();
        assertThat(trainer.at(CONTAINER + "/resources/limits/nvidia.com~1gpu").asInt()).isEqualTo(ranks);
        assertThat(ranks * share).isBetween(40, 50); // percent, as a single process has
        assertThat(command.subList(command.indexOf("sh"), command.size())).isEqualTo(strings(entryPoint));
        assertThat(trainer.at(CONTAINER + "/image").asText()).isEqualTo("apprentice/trainer-service-ranks");
        assertThat(Files.readString(service.resolve("Containerfile.ranks"))).contains("-t apprentice/trainer-service-ranks ", "openmpi-bin");
        // mpirun waits for the whole timeout twice, even if its ranks have ended
        assertThat(2 * Integer.parseInt(command.get(command.indexOf("odls_base_sigkill_timeout") + 1)))
                .isLessThan(trainer.at("/spec/template/spec/terminationGracePeriodSeconds").asInt());
    }

    private static boolean isMeant(JsonNode target, JsonNode manifest) {
        String labels = target.path("labelSelector").asText();
        return manifest.path("kind").asText().matches(target.path("kind").asText())
                && (!target.has("name") || Manifests.name(manifest).equals(target.path("name").asText()))
                && (labels.isEmpty() || Arrays.asList(labels.replaceAll(".*\\((.*)\\)", "$1").split(", ")).contains(Manifests.name(manifest)));
    }

    private static JsonNode patched(JsonNode patch, JsonNode manifest) throws IOException {
        return JsonPatch.apply(Manifests.YAML.readTree(patch.path("patch").asText()), manifest);
    }

    private static JsonNode json(String text) {
        try {
            return Manifests.YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(each -> strings.add(each.asText()));
        return strings;
    }
}
