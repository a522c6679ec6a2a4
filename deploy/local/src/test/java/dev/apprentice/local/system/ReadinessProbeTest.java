package dev.apprentice.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadinessProbeTest {

    @Test
    void givesEachReasonThatAServiceGives() throws IOException {
        String health = """
                {"status": "DOWN", "checks": [
                  {"name": "Kafka", "status": "DOWN", "data": {"reason": "127.0.0.1:9092 does not answer"}},
                  {"name": "judges", "status": "DOWN", "data": {"llama3": "not pulled"}},
                  {"name": "disk", "status": "UP"}]}""";

        assertThat(ReadinessProbe.reason(health))
                .isEqualTo("Kafka: 127.0.0.1:9092 does not answer; judges: llama3 not pulled");
    }

    @Test
    void isNotReadyWhereNobodyListens() {
        int port = FreePorts.find(1).get(0);
        Ports ports = Ports.defaults().with(Map.of(Member.JUDGE_SERVICE, port));

        assertThat(new ReadinessProbe().ask(Member.JUDGE_SERVICE, ports).missing())
                .hasValue("it does not answer on port " + port + " yet");
    }
}
