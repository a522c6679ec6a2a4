package dev.apprentice.dataset.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.apprentice.dataset.ServiceTest;
import dev.apprentice.testkit.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class DownloadTest extends ServiceTest {

    @RegisterExtension
    static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(options().dynamicPort().bindAddress("127.0.0.1")).build();

    @Test
    void fetchesADatasetFollowingRedirects() {
        SERVER.stubFor(get("/moved").willReturn(temporaryRedirect("/data.json")));
        SERVER.stubFor(get("/data.json").willReturn(aResponse().withBody(Fixtures.bytes("examples.json"))));
        post(SERVER.url("/moved"))
                .statusCode(201)
                .body("examples", equalTo(61))
                .body("source", equalTo(SERVER.url("/moved")));
    }

    @Test
    void refusesWhatItFetchedLikeAnyOtherData() {
        SERVER.stubFor(get("/page").willReturn(aResponse().withBody("Not found")));
        post(SERVER.url("/page")).statusCode(400)
                .body("detail", equalTo("page is not JSON at line 1, column 1; nothing was stored. Other kinds are CSV"
                        + " (.csv, .tsv), Markdown (.md) and Parquet; plain text goes as {\"text\": \"…\"} a line."));
        SERVER.stubFor(get("/page.html").willReturn(aResponse().withBody("<html>")));
        post(SERVER.url("/page.html")).statusCode(400)
                .body("detail", startsWith("page.html is a web page without a FAQPage of schema.org as JSON-LD; "));
    }

    @Test
    void keepsAndShowsNoSecretsOfAnAddress() {
        SERVER.stubFor(get("/data.json?key=secret").willReturn(aResponse().withBody(examples(3))));
        post(SERVER.url("/data.json?key=secret#secret")).statusCode(201).body("source", equalTo(SERVER.url("/data.json")));
        post("http://me:secret@127.0.0.1:1/data.json?key=secret").statusCode(400).body("detail", equalTo(
                "'http://127.0.0.1:1/data.json' contains a user or a password, which are neither sent nor stored; use an address without"
                        + " them."));
        post("http://me:sec ret@127.0.0.1:1/data.json").statusCode(400).body("detail", not(containsString("ret")));
        post("ftp://example.org/data?key=secret").statusCode(400).body("detail", not(containsString("secret")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"url\": 5}|field 'url' must be a text",
        "{\"url\": \"http://127.0.0.1:1/\", \"format\": \"csv\"}|there is no field 'format'; the only field is url",
    })
    void refusesARequestThatIsNotUnderstood(String body, String detail) {
        given().contentType("application/json").body(body).post("/datasets/" + name).then()
                .statusCode(400)
                .body("title", equalTo("Unreadable body"))
                .body("detail", equalTo(detail));
    }

    @Test
    void saysThatTheServerHasNoSuchData() {
        assertNotFetched(SERVER.url("/nothing"), 502, "' answers with status 404; check the address.");
    }

    @Test
    void saysThatTheServerBreaksOff() {
        SERVER.stubFor(get("/broken").willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
        assertNotFetched(SERVER.url("/broken"), 502, "' cannot be fetched; check the address and the server.");
    }

    @Test
    void saysThatNobodyAnswersThere() {
        assertNotFetched("http://127.0.0.1:1/data.json", 502, "'http://127.0.0.1:1/data.json' cannot be fetched; check the address and the server.");
    }

    @Test
    void givesUpOnABodyThatTakesTooLong() {
        SERVER.stubFor(get("/slow").willReturn(aResponse().withBody(examples(100)).withChunkedDribbleDelay(10, 60_000)));
        assertNotFetched(SERVER.url("/slow"), 504, "' did not arrive within 2 s; try again");
    }

    @Test
    void givesUpOnMoreThanTheLimit() {
        SERVER.stubFor(get("/large").willReturn(aResponse().withBody(examples(10_000))));
        post(SERVER.url("/large")).statusCode(413).body("detail", containsString("larger than 300,000 bytes"));
    }

    @Test
    void doesNotReadItsOwnFilesForAnybody() throws IOException {
        Path file = Files.write(folder.resolve("data.json"), examples(3));
        assertNotFetched(file.toUri().toString(), 400, "' is a file on the server, which is not read;");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "ftp://example.org/data.json|'ftp://example.org/data.json' cannot be fetched; use an address that starts with http://",
        "data.json|'data.json' cannot be fetched; use an address that starts with http://",
        "http:///data.json|'http:///data.json' cannot be fetched; use an address that starts with http://",
        "http://a b|'http://a b' is no address: Illegal character",
    })
    void refusesWhatIsNoAddressToFetchFrom(String address, String detail) {
        assertNotFetched(address, 400, detail);
    }

    private void assertNotFetched(String address, int status, String detail) {
        post(address)
                .statusCode(status)
                .contentType("application/problem+json")
                .body("title", equalTo("Download failed"))
                .body("detail", containsString(detail));
    }

    private ValidatableResponse post(String address) {
        return given().contentType("application/json").body("{\"url\": \"" + address + "\"}")
                .post("/datasets/" + name).then();
    }
}
