package dev.apprentice.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Instruction;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordLimitTest {

    private final RecordLimit limit = new RecordLimit(1_000_000);

    @Test
    void keyAndValueCountTogetherAndHeadersHaveRoom() {
        int room = 1_000_000 - 8_192;
        assertThat(limit.fits("é", new byte[room - 2])).isTrue();
        assertThat(limit.fits("é", new byte[room - 1])).isFalse();
        assertThat(limit.fits(null, null)).isTrue();
    }

    @Test
    void anEventIsMeasuredAsItIsWritten() {
        // each line feed is two bytes of JSON
        assertThat(limit.fits(instruction("\n".repeat(490_000)))).isTrue();
        assertThat(limit.fits(instruction("\n".repeat(500_000)))).isFalse();
        assertThat(limit.excess("example 3", instruction("short"))).isEmpty();
        assertThat(limit.excess("example 3", instruction("\n".repeat(500_000))).orElseThrow())
                .startsWith("example 3 has 1,000,")
                .endsWith(" bytes, 991,808 are allowed; make it smaller, or raise apprentice.kafka.max-record-bytes of all"
                        + " services and of the broker");
    }

    @Test
    void anExampleHasAQuarterSoThatWhatIsMadeOfItFits() {
        assertThat(limit.exampleExcess("line 7", 247_952)).isEmpty();
        assertThat(limit.exampleExcess("line 7", 247_953).orElseThrow()).startsWith("line 7 has 247,953 bytes, 247,952 are allowed;");
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

    private static Instruction instruction(String text) {
        return new Instruction("set", "1", text + ".", "", "x");
    }
}
