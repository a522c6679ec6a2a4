package dev.apprentice.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.apprentice.local.port.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
    void whatIsReadyWithoutSomethingSaysWhatItIs() throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        answer(service, "/q/health/ready", 200, "{\"status\": \"UP\", \"checks\": []}");
        answer(service, "/q/health/well", 503, """
                {"status": "DOWN", "checks": [{"name": "Kafka", "status": "DOWN", "data": {"reason": "it is away"}}]}""");
        service.start();
        try {
            Ports ports = Ports.defaults().with(Map.of(Member.JUDGE_SERVICE, service.getAddress().getPort()));

            Readiness readiness = new ReadinessProbe().ask(Member.JUDGE_SERVICE, ports);

            assertThat(readiness.ready()).isTrue();
            assertThat(readiness.away()).hasValue("Kafka: it is away");
        } finally {
            service.stop(0);
        }
    }

    private static void answer(HttpServer service, String path, int status, String body) {
        service.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
    }

    @Test
    void isNotReadyWhereNobodyListens() {
        int port = FreePorts.find(1).get(0);
        Ports ports = Ports.defaults().with(Map.of(Member.JUDGE_SERVICE, port));

        assertThat(new ReadinessProbe().ask(Member.JUDGE_SERVICE, ports).missing())
                .hasValue("it does not answer on port " + port + "; it is starting or ending");
    }
}
