package dev.apprentice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The workflow that builds native executables uses the project's services, ports, profile and script. */
class NativeWorkflowTest {

    private static final Path PROJECT = Manifests.ROOT.getParent().getParent();

    @Test
    void eachServiceIsBuiltRunAndAskedAtItsPort() throws IOException {
        JsonNode job = Manifests.YAML.readTree(Files.readString(PROJECT.resolve(".github/workflows/native.yml"))).at("/jobs/native");
        List<JsonNode> services = StreamSupport.stream(job.at("/strategy/matrix/include").spliterator(), false).toList();
        List<String> commands = job.findValuesAsText("run");

        assertThat(services).extracting(service -> service.path("service").asText())
                .containsExactlyInAnyOrder("dataset-service", "trainer-service", "inference-service", "judge-service");
        for (JsonNode service : services) {
            assertThat(Files.readString(PROJECT.resolve(service.path("service").asText()).resolve("Containerfile")))
                    .contains("EXPOSE " + service.path("port").asText() + "\n");
        }
        assertThat(services).filteredOn(service -> service.path("promised").asBoolean())
                .extracting(service -> service.path("service").asText()).containsExactlyInAnyOrder("dataset-service", "judge-service");
        assertThat(commands).hasSize(2);
        assertThat(commands.get(0)).contains("-Dnative ", "-Dquarkus.native.container-build=true", "-pl ${{ matrix.service }} -am");
        assertThat(commands.get(1)).startsWith(".ci/answers ${{ matrix.port }} ");
        assertThat(Files.isExecutable(PROJECT.resolve(".ci/answers"))).isTrue();
        assertThat(Files.readString(PROJECT.resolve("pom.xml"))).contains("<name>native</name>");
        assertThat(job.at("/services/kafka/image").asText()).isEqualTo("apache/kafka:" + version("kafka.version"));
    }

    private static String version(String property) throws IOException {
        String pom = Files.readString(PROJECT.resolve("pom.xml"));
        return pom.substring(pom.indexOf("<" + property + ">") + property.length() + 2, pom.indexOf("</" + property + ">"));
    }
}
