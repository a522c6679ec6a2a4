package dev.apprentice.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class ExistingTopicsTest {

    private static final NewTopic WANTED = new NewTopic("apprentice.runs", 3, (short) 1).configs(Map.of(
            "cleanup.policy", "compact,delete", "message.timestamp.type", "LogAppendTime",
            "max.message.bytes", "8388608", "min.insync.replicas", "1"));

    @Test
    void aTopicOfOtherSettingsIsNamedWithTheCommandThatMendsIt() {
        assertThat(ExistingTopics.warning(WANTED, config("delete", "CreateTime"), "kafka:9092")).contains(
                "topic apprentice.runs has wrong settings: cleanup.policy is delete instead of compact,delete, message.timestamp.type is"
                        + " CreateTime instead of LogAppendTime; correct them with: kafka-configs.sh --bootstrap-server kafka:9092 --alter"
                        + " --entity-type topics --entity-name apprentice.runs --add-config"
                        + " cleanup.policy=[compact,delete],message.timestamp.type=LogAppendTime");
    }

    @Test
    void whatIsRaisedByItselfOrLeftToTheOperatorIsNotNamed() {
        assertThat(ExistingTopics.warning(WANTED, config("delete,compact", "LogAppendTime"), "kafka:9092"))
                .isEqualTo(Optional.empty());
    }

    private static Config config(String cleanup, String timestamps) {
        return new Config(List.of(
                new ConfigEntry("cleanup.policy", cleanup), new ConfigEntry("message.timestamp.type", timestamps),
                new ConfigEntry("max.message.bytes", "1048588"), new ConfigEntry("min.insync.replicas", "2")));
    }
}
