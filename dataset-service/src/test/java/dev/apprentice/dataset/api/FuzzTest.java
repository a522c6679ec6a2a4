package dev.apprentice.dataset.api;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.dataset.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sends bodies, types and paths that no client should send. Each is answered with a reason, and does no harm. */
@QuarkusTest
class FuzzTest extends ServiceTest {

    private static final int REQUESTS = 400;

    private static final List<String> BODIES = List.of(
            "[{\"instruction\": \"Add.\", \"input\": \"1 2\", \"output\": \"3\", \"id\": \"sum\"}]",
            "{\"instruction\": \"Sing.\", \"output\": \"La.\"}\n{\"instruction\": \"Dance.\", \"output\": \"Hop.\"}\n",
            "{\"url\": \"http://127.0.0.1:1/data.json\"}",
            "\"\"", "", "null", "0", "[]", "{}", "[[]]", "\ufeff", "\ufeff[]", "[null]", "{\"instruction\": {}, \"output\": []}");

    private static final List<String> PIECES = List.of(
            "[".repeat(2_000), "{\"a\":".repeat(2_000), "9".repeat(5_000), "1e" + "9".repeat(400), "\"" + "k".repeat(60_000) + "\":",
            "\0", "\\ud83d", "\\u0000", "-", "\"", "\\", "]", "}", ",", "\u00e9", "\r\n", "NaN", "1.5", "{\"url\": \"file:///etc/hosts\"}");

    private static final List<String> TYPES = List.of(
            "application/json", "application/json", "application/x-ndjson", "application/json;charset=UTF-16", "text/plain", "a", "*/*",
            "application/json;;", "application/x-www-form-urlencoded");

    private static final List<String> PATHS = List.of(
            "/datasets/%s", "/datasets/%s/instructions", "/datasets/%s;x", "/datasets/%s%%00", "/datasets/%%2e%%2e%%2f%s", "/datasets/%s/x",
            "/datasets/%s?a=%%zz", "/datasets/%%ff%s");

    private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final Random random = new Random(12);

    @Test
    @Timeout(120)
    void whateverIsSentIsAnsweredWithoutAnErrorOfTheServices() throws IOException, InterruptedException {
        for (int i = 0; i < REQUESTS; i++) {
            byte[] body = mutated(one(BODIES).getBytes(StandardCharsets.UTF_8));
            String path = (random.nextInt(4) == 0 ? one(PATHS) : PATHS.get(random.nextInt(2))).formatted(name);
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path.replace("%zz", "%25zz")))
                    .POST(BodyPublishers.ofByteArray(body));
            String type = random.nextInt(4) == 0 ? one(TYPES) : TYPES.get(0);
            if (random.nextInt(10) > 0) {
                request.header("Content-Type", type);
            }
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as("%s of type %s to %s: %s", new String(body, StandardCharsets.ISO_8859_1), type, path, answer.body())
                    .matches(status -> status < 500 || status == 502 && new String(body, StandardCharsets.UTF_8).contains("url"), "no error of the"
                            + " service's own");
        }
        get("/datasets").then().statusCode(200);
        upload(name + "-after", examples(3));
    }

    private byte[] mutated(byte[] body) {
        byte[] next = body;
        for (int times = random.nextInt(4); times > 0; times--) {
            int place = random.nextInt(next.length + 1);
            int end = Math.min(next.length, place + random.nextInt(8));
            next = switch (random.nextInt(4)) {
                case 0 -> joined(next, place, one(PIECES).getBytes(StandardCharsets.UTF_8), place);
                case 1 -> joined(next, place, new byte[] {(byte) random.nextInt(256)}, Math.min(next.length, place + 1));
                case 2 -> joined(next, place, new byte[0], end);
                default -> joined(next, end, java.util.Arrays.copyOfRange(next, place, end), end);
            };
        }
        return next;
    }

    private static byte[] joined(byte[] text, int before, byte[] piece, int after) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(text, 0, before);
        joined.writeBytes(piece);
        joined.write(text, after, text.length - after);
        return joined.toByteArray();
    }

    private String one(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}
