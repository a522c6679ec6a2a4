package dev.apprentice.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordLimitTest {

    @Test
    void anExampleHasAQuarterSoThatWhatIsMadeOfItFits() {
        assertThat(new RecordLimit(1_000_000).exampleBytes()).isEqualTo(247_952); // a quarter of what remains after 8 KiB for headers
    }

    @Test
    void theSettingReachesEveryClientOfEveryChannel() {
        SmallRyeConfig usual = new SmallRyeConfigBuilder().addDefaultSources().addDefaultInterceptors().build();
        assertThat(usual.getValue("kafka.max.request.size", Integer.class)).isEqualTo(8 * 1024 * 1024);

        SmallRyeConfig raised = new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(
                        Map.of("apprentice.kafka.max-record-bytes", "20000000"), "test", 500))
                .build();
        assertThat(raised.getValue("kafka.max.request.size", Integer.class)).isEqualTo(20_000_000);
        assertThat(raised.getValue("kafka.fetch.max.bytes", Integer.class)).isEqualTo(20_000_000);
    }
}
