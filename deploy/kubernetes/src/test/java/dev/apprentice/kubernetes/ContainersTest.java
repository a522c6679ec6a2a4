package dev.apprentice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The compose file and the images agree with each other and with the project. */
class ContainersTest {

    private static final Path COMPOSE = Manifests.ROOT.resolveSibling("compose");
    private static final Path PROJECT = Manifests.ROOT.getParent().getParent();

    private static JsonNode compose;

    @BeforeAll
    static void read() throws IOException {
        compose = Manifests.YAML.valueToTree(new Yaml().load(Files.readString(COMPOSE.resolve("compose.yaml")))); // merge keys resolved
    }

    /** Lists the fields of the Compose Specification that the file may use; an engine refuses others. */
    @Test
    void everyFieldOfTheComposeFileIsOneOfItsSpecification() {
        Set<String> ofAService = Set.of("image", "build", "restart", "read_only", "tmpfs", "security_opt", "cap_drop", "depends_on", "environment",
                "ports", "volumes", "healthcheck");
        Set<String> conditions = Set.of("service_started", "service_healthy", "service_completed_successfully");
        assertThat(names(compose)).isSubsetOf("name", "services", "volumes", "x-service");
        for (Map.Entry<String, JsonNode> service : compose.path("services").properties()) {
            JsonNode made = service.getValue();
            assertThat(names(made)).as(service.getKey()).isSubsetOf(ofAService);
            assertThat(names(made.path("build"))).as(service.getKey()).isSubsetOf("context", "dockerfile", "args");
            assertThat(names(made.path("healthcheck"))).as(service.getKey()).isSubsetOf("test", "interval", "timeout", "retries", "start_period");
            made.path("depends_on").properties().forEach(other -> {
                assertThat(names(compose.path("services"))).contains(other.getKey());
                assertThat(names(other.getValue())).containsExactly("condition");
                assertThat(conditions).contains(other.getValue().path("condition").asText());
                assertThat(names(compose.at("/services/" + other.getKey()))).contains("healthcheck");
            });
        }
    }

    /** A service runs as its image intends: it can write only to its volumes, and it has no capabilities. */
    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "inference-service", "judge-service"})
    void aServiceWritesToItsVolumesAloneAndWaitsForKafka(String service) {
        JsonNode made = compose.at("/services/" + service);

        assertThat(made.path("read_only").asBoolean()).isTrue();
        assertThat(made.at("/cap_drop/0").asText()).isEqualTo("ALL");
        assertThat(made.at("/security_opt/0").asText()).isEqualTo("no-new-privileges:true");
        assertThat(made.at("/tmpfs/0").asText()).isEqualTo("/tmp:exec");
        assertThat(made.path("volumes")).extracting(JsonNode::asText).contains("data:/data");
        assertThat(made.at("/depends_on/kafka/condition").asText()).isEqualTo("service_healthy");
        assertThat(made.at("/environment/KAFKA_BOOTSTRAP_SERVERS").asText()).isEqualTo("kafka:9092");
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    @ParameterizedTest
    @CsvSource({"dataset-service,8081", "trainer-service,8082", "inference-service,8083", "judge-service,8084"})
    void aServiceIsBuiltFromItsFolderAndPublishedOnLoopbackAlone(String service, int port) throws IOException {
        JsonNode made = compose.at("/services/" + service);
        Path folder = COMPOSE.resolve(made.at("/build/context").asText()).normalize();

        assertThat(folder).isEqualTo(PROJECT.resolve(service));
        assertThat(made.path("image").asText()).isEqualTo("apprentice/" + service);
        assertThat(made.at("/ports/0").asText()).isEqualTo("127.0.0.1:" + port + ":" + port);
        assertThat(Files.readString(folder.resolve(made.at("/build/dockerfile").asText())))
                .contains("USER 10001", "EXPOSE " + port, "/dev/tcp/127.0.0.1/" + port + " ", "/q/health/ready", "MaxRAMPercentage",
                        "-XX:AOTCacheOutput=classes.aot", "-XX:ArchiveClassesAtExit=classes.jsa", "exec java @start.options $JAVA_OPTS ");
    }

    /** The image for graphics cards differs from the other one only in its base, its libtorch and its device. */
    @ParameterizedTest
    @ValueSource(strings = {"trainer", "inference"})
    void theImageForGraphicsCardsIsTheServicesOwnOnTheCudaThatItsLibtorchIsMadeWith(String service) throws IOException {
        Path folder = PROJECT.resolve(service + "-service");
        List<String> plain = instructions(folder.resolve("Containerfile"));
        List<String> cuda = instructions(folder.resolve("Containerfile.cuda"));
        String pom = Files.readString(PROJECT.resolve("pom.xml"));
        String version = pom.substring(pom.indexOf("<cuda.version>") + "<cuda.version>".length(), pom.indexOf("</cuda.version>"));

        List<String> more = new ArrayList<>(cuda);
        plain.stream().filter(line -> !line.matches("(FROM|ARG) .*")).forEach(line -> assertThat(more.remove(line)).as(line).isTrue());
        assertThat(more).contains(
                "COPY target/quarkus-app/libtorch/ libtorch/",
                "APPRENTICE_" + service.toUpperCase(Locale.ROOT) + "_DEVICE=gpu \\",
                "COPY --from=java /opt/java/openjdk /opt/java/openjdk");
        assertThat(more).contains(plain.get(0).replace("ARG BASE=", "ARG JAVA="), "FROM ${JAVA} AS java", "FROM ${BASE}");
        assertThat(more).filteredOn(line -> line.startsWith("ARG BASE=docker.io/nvidia/cuda:" + version + ".")).singleElement()
                .asString().contains("-cudnn-runtime-");
        assertThat(more).anyMatch(line -> line.contains("cuda-cupti-" + version.replace('.', '-')));
        assertThat(Files.readString(PROJECT.resolve("deploy/kubernetes/components/gpu/kustomization.yaml")))
                .contains("value: apprentice/" + service + "-service-cuda}");
    }

    /** A company may have a base image of its own, and Podman needs the registry in the name. */
    @ParameterizedTest
    @MethodSource("containerfiles")
    void whatAnImageIsBuiltOnIsAnArgument(Path file) throws IOException {
        List<String> lines = instructions(file);
        List<String> arguments = lines.stream().filter(line -> line.startsWith("ARG ")).map(line -> line.substring(4)).toList();

        assertThat(lines).filteredOn(line -> line.startsWith("FROM ")).isNotEmpty().allSatisfy(from -> assertThat(arguments)
                .filteredOn(argument -> from.matches("FROM \\$\\{" + argument.split("=")[0] + "}( AS \\w+)?"))
                .singleElement().asString().matches("\\w+=docker\\.io/\\w+/[\\w-]+:\\d[\\w.-]*"));
    }

    @ParameterizedTest
    @MethodSource("containerfiles")
    void everyVariableOfAnImageIsOneThatIsRead(Path file) throws IOException {
        String environment = String.join("\n", instructions(file)).replace("\\\n", " ");
        List<String> names = Pattern.compile("(?m)(?<=\\s)([A-Z_]+)=").matcher(environment.substring(environment.lastIndexOf("\nENV ")))
                .results().map(match -> match.group(1)).toList();

        assertThat(names).contains("QUARKUS_HTTP_HOST", "QUARKUS_HTTP_PORT", "JAVA_OPTS", "HOME")
                .allSatisfy(name -> assertThat(KnownVariables.contain(name)).as(name).isTrue());
        assertThat(KnownVariables.contain("APPRENTICE_TRAINER_HOUSE")).isFalse();
    }

    @Test
    void everyVariableOfTheComposeFilesServicesIsOneThatIsRead() {
        for (Map.Entry<String, JsonNode> service : compose.path("services").properties()) {
            if (service.getKey().endsWith("-service")) {
                List<String> names = new ArrayList<>();
                service.getValue().path("environment").fieldNames().forEachRemaining(names::add);
                assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(KnownVariables.contain(name)).as(name).isTrue());
            }
        }
    }

    static Stream<Path> containerfiles() throws IOException {
        try (Stream<Path> folders = Files.list(PROJECT)) {
            return folders.filter(folder -> folder.toString().endsWith("-service"))
                    .flatMap(folder -> Stream.of("Containerfile", "Containerfile.cuda").map(folder::resolve))
                    .filter(Files::exists)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static List<String> instructions(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).map(String::strip).toList();
    }

    @Test
    void everyMountedFileIsThereAndEveryVolumeIsDeclared() {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, JsonNode> service : compose.path("services").properties()) {
            for (JsonNode volume : service.getValue().path("volumes")) {
                String source = volume.asText().split(":")[0];
                boolean there = source.startsWith("..")
                        ? source.endsWith("/models") || Files.exists(COMPOSE.resolve(source))
                        : compose.path("volumes").has(source);
                if (!there) {
                    missing.add(service.getKey() + ": " + volume.asText());
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void nothingRunsAsAnyVersionThatHappensToBeNewest() {
        for (Map.Entry<String, JsonNode> service : compose.path("services").properties()) {
            assertThat(service.getValue().path("image").asText()).as(service.getKey()).matches("apprentice/.*|.*:v?\\d+\\.\\d+.*");
        }
    }

    @Test
    void prometheusScrapesEachServiceAtItsPort() throws IOException {
        JsonNode jobs = Manifests.YAML.readTree(Files.readString(PROJECT.resolve("deploy/prometheus/prometheus.yml"))).path("scrape_configs");

        assertThat(jobs).hasSize(4).allSatisfy(job -> {
            String service = job.path("job_name").asText();
            String published = compose.at("/services/" + service + "/ports/0").asText();
            assertThat(job.at("/static_configs/0/targets/0").asText())
                    .isEqualTo(service + published.substring(published.lastIndexOf(':')));
        });
    }
}
