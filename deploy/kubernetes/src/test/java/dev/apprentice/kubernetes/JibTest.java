package dev.apprentice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image that Jib builds equals the service's Containerfile, except for the class data archive and the health check. */
class JibTest {

    private static final Path PROJECT = Manifests.ROOT.getParent().getParent();

    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "inference-service", "judge-service"})
    void userVariablesBaseAndOptionsAreThoseOfTheContainerfile(String service) throws IOException {
        String file = Files.readString(PROJECT.resolve(service).resolve("Containerfile"));
        String pom = Files.readString(PROJECT.resolve("pom.xml"));
        String jib = pom.substring(pom.indexOf("<id>jib</id>"), pom.indexOf("</profile>", pom.indexOf("<id>jib</id>")));
        Map<String, String> variables = new HashMap<>();
        Pattern.compile("(?<=ENV |    )([A-Z_]+)=(\"[^\"]*\"|[^\\s\\\\]+)").matcher(file).results()
                .forEach(match -> variables.put(match.group(1), match.group(2).replace("\"", "")));

        assertThat(variables.remove("QUARKUS_HTTP_PORT")).as("else the port is that of application.properties").isNotNull();
        assertThat(variables).containsKeys("HOME", "JAVA_OPTS").allSatisfy((name, value) ->
                assertThat(jib).contains("<" + name + ">" + value + "</" + name + ">"));
        assertThat(jib).contains(
                "<image>" + file.lines().filter(line -> line.startsWith("ARG BASE=")).findFirst().orElseThrow().substring(9) + "</image>",
                "<user>" + file.lines().filter(line -> line.startsWith("USER ")).findFirst().orElseThrow().substring(5) + ":0</user>",
                "<volume>/data</volume>", "<volume>/tmp</volume>");
        assertThat(Files.readString(PROJECT.resolve(service).resolve("pom.xml"))).contains("<artifactId>jib-maven-plugin</artifactId>");
    }
}
