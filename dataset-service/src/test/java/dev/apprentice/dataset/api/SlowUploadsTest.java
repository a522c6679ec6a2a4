package dev.apprentice.dataset.api;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.apprentice.dataset.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
class SlowUploadsTest extends ServiceTest {

    private static final int PER_CLIENT = 32;

    @Test
    @Timeout(60)
    void manySlowSendersLeaveHealthAndEverythingElseAnswerable() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 250; i++) {
                slow.add(beginUpload(name + i));
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> answered(slow).size() == 250 - PER_CLIENT);
            for (Socket one : answered(slow)) {
                assertThat(new BufferedReader(new InputStreamReader(one.getInputStream())).readLine())
                        .isIn("HTTP/1.1 429 Too Many Requests", "HTTP/1.1 503 Service Unavailable");
            }
            get("/q/health/live").then().statusCode(200);
            get("/datasets").then().statusCode(200);
        } finally {
            for (Socket one : slow) {
                one.close();
            }
        }
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> given().contentType("application/json").body(examples(1))
                .post("/datasets/" + name).then().statusCode(201));
    }

    private static List<Socket> answered(List<Socket> sockets) throws IOException {
        List<Socket> answered = new ArrayList<>();
        for (Socket one : sockets) {
            if (one.getInputStream().available() > 0) {
                answered.add(one);
            }
        }
        return answered;
    }

    private static Socket beginUpload(String dataset) throws IOException {
        Socket socket = new Socket(URI.create(RestAssured.baseURI).getHost(), RestAssured.port);
        socket.getOutputStream().write(("POST /datasets/" + dataset + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100000\r\n\r\n[").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
