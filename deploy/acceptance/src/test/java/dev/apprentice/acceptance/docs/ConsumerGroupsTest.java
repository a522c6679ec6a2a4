package dev.apprentice.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.topic.ConsumerGroups;
import dev.apprentice.contracts.topic.KafkaPrefix;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The consumer groups of the services' channels are the published ones, and stay the same across restarts. */
class ConsumerGroupsTest {

    private static final String PREFIX = "${" + KafkaPrefix.KEY + ":}";
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    @ParameterizedTest
    @ValueSource(strings = {"dataset-service", "trainer-service", "inference-service", "judge-service"})
    void everyChannelReadsInAPublishedGroup(String service) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(ROOT.resolve(service + "/src/main/resources/application.properties"))) {
            properties.load(reader);
        }
        Set<String> published = new HashSet<>(Set.of(
                ConsumerGroups.DATASET_SERVICE, ConsumerGroups.INFERENCE_SERVICE, ConsumerGroups.JUDGE_SERVICE));
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith("mp.messaging.incoming.") && key.endsWith(".topic")) {
                String channel = key.split("\\.")[3];
                assertThat(properties.getProperty(key)).startsWith(PREFIX + "apprentice.");
                published.add(ConsumerGroups.view(service, channel, "${apprentice.kafka.instance}"));
                assertThat(properties.getProperty("mp.messaging.incoming." + channel + ".group.id").replace(PREFIX, ""))
                        .as("the group of " + service + "'s channel " + channel)
                        .startsWith(service)
                        .isIn(published);
            }
        }
    }
}
