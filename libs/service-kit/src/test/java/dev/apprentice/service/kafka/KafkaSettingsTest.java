package dev.apprentice.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

    @Test
    void oneMachineIsLeftToTheDefaults() {
        SmallRyeConfig settings = inProfile("prod");
        assertThat(settings.getOptionalValue("apprentice.kafka.replication-factor", Short.class)).isEmpty();
        assertThat(settings.getOptionalValue("apprentice.kafka.min-insync-replicas", Integer.class)).isEmpty();
    }

    @Test
    void inProductionWhatIsWrittenSurvivesTheLossOfABroker() {
        SmallRyeConfig settings = inProfile("production");
        assertThat(settings.getValue("apprentice.kafka.replication-factor", Short.class)).isEqualTo((short) 3);
        assertThat(settings.getValue("apprentice.kafka.min-insync-replicas", Integer.class)).isEqualTo(2);
    }

    private static SmallRyeConfig inProfile(String profile) {
        return new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDefaultInterceptors()
                .withProfile(profile)
                .build();
    }
}
