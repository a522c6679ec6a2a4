package dev.apprentice.dataset.api;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.apprentice.dataset.ServiceTest;
import dev.apprentice.testkit.UnansweredRequest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that requests which a web page can send without a preflight reach no dataset. */
@QuarkusTest
class RequestGuardTest extends ServiceTest {

    private static final byte[] DATA = "[{\"instruction\": \"Sing.\", \"output\": \"La.\"}]".getBytes(StandardCharsets.UTF_8);

    @TestHTTPResource
    URL url;

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void aBodyOfATypeThatBrowsersSendWithoutAskingIsRefused(String type) throws IOException {
        assertThat(answer("POST /datasets/" + name + " HTTP/1.1", "Host: localhost", "Content-Type: " + type, "Content-Length: 2"))
                .startsWith("HTTP/1.1 415")
                .contains("application/problem+json", "The body's Content-Type is " + type + "; send JSON as application/json");
        get("/datasets/" + name).then().statusCode(404);
    }

    @Test
    void aTypeThatAnotherCallTakesIsRefusedWithTheOneWanted() {
        given().contentType("text/csv").body(DATA).post("/datasets/" + name + "/instructions").then()
                .statusCode(415)
                .body("detail", containsString("text/csv"))
                .body("detail", containsString("application/json"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nope, */*, 404, There is nothing at /nope; GET /q/openapi lists all calls of this service.",
        "GET, /q/nope, */*, 404, There is nothing at /q/nope; GET /q/openapi lists all calls of this service.",
        "PUT, /datasets, */*, 405, /datasets does not take PUT; GET /q/openapi lists all calls of this service.",
        "GET, /datasets, image/png, 406, '/datasets is not answered as image/png; leave the Accept header out, or see in GET /q/openapi what there is.'"
    })
    void aRequestThatNoCallAnswersGetsTheWayOut(String method, String path, String accept, int status, String detail) throws Exception {
        assertThat(UnansweredRequest.send(url.getPort(), method, path, accept)).startsWith(status + " application/problem+json {").contains("\"" + detail + "\"");
    }

    @Test
    void aPageOfAnotherOriginChangesNothing() {
        for (String origin : List.of("http://evil.example", "http://localhost:1", "null")) {
            given().contentType("application/json").header("Origin", origin).body(DATA).post("/datasets/" + name).then()
                    .statusCode(403)
                    .body("title", equalTo("Foreign origin"));
            given().header("Origin", origin).delete("/datasets/" + name + "/instructions/one").then().statusCode(403);
        }
        get("/datasets/" + name).then().statusCode(404);

        given().contentType("application/json").header("Origin", "http://" + url.getAuthority()).body(DATA)
                .post("/datasets/" + name).then().statusCode(201);
    }

    @Test
    void aBodyBeyondTheServicesLimitIsRefusedWithTheLimitBeforeItIsSent() throws IOException {
        assertThat(answer("POST /datasets/" + name + " HTTP/1.1", "Host: localhost", "Content-Type: application/json",
                        "Content-Length: 1099511627777"))
                .startsWith("HTTP/1.1 413")
                .contains("application/problem+json", "The body has 1099511627777 bytes, and this service takes 1099511627776 at most");
    }

    @Test
    void anotherNameIsAnsweredForHealthAndMetricsAlone() throws IOException {
        assertThat(answer("GET /datasets HTTP/1.1", "Host: evil.example:" + url.getPort()))
                .startsWith("HTTP/1.1 403")
                .contains("'evil.example' is not a host name of this service; use one of localhost, 127.0.0.1, [::1], or add the name to"
                        + " apprentice.http.allowed-hosts");
        assertThat(answer("GET /q/health/live HTTP/1.1", "Host: 10.0.0.7:8081")).startsWith("HTTP/1.1 200");
        assertThat(answer("GET /q/metrics HTTP/1.1", "Host: dataset-service:8081")).startsWith("HTTP/1.1 200");
        assertThat(answer("GET /datasets HTTP/1.1", "Host: [::1]:8081")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aPathThatWouldBeReadAsAnotherIsRefused() throws IOException {
        assertThat(answer("GET /datasets/a;b HTTP/1.1", "Host: localhost")).startsWith("HTTP/1.1 400");
        assertThat(answer("GET /datasets/%00 HTTP/1.1", "Host: localhost")).startsWith("HTTP/1.1 400");
    }

    @Test
    void healthAnswersWhileManySendSlowly() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 250; i++) {
                Socket socket = new Socket(url.getHost(), url.getPort());
                slow.add(socket);
                socket.getOutputStream().write(("POST /datasets/" + name + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n[").getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(slow.stream().filter(RequestGuardTest::isTurnedAway).limit(100)).hasSize(100);
            get("/q/health/live").then().statusCode(200);
            get("/datasets").then().statusCode(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Tells whether a sender was refused. Of 250 senders from one address all but 32 are, certainly the last ones. */
    private static boolean isTurnedAway(Socket socket) {
        try {
            socket.setSoTimeout(200);
            byte[] beginning = socket.getInputStream().readNBytes(12);
            return List.of("HTTP/1.1 429", "HTTP/1.1 503").contains(new String(beginning, StandardCharsets.US_ASCII));
        } catch (IOException stillRead) {
            return false;
        }
    }

    private String answer(String... lines) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return String.join("\n", reader.lines().toList());
        }
    }
}
