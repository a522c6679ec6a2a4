package dev.apprentice.dataset.api;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.ServiceTest;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.LargeBody;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DatasetResourceTest extends ServiceTest {

    private static final String SING = "{\"instruction\": \"Sing.\", \"output\": \"La.\"}";

    @Test
    void storesAnArray() {
        post(Fixtures.bytes("examples.json"))
                .statusCode(201)
                .header("Location", endsWith("/datasets/" + name))
                .body("name", equalTo(name))
                .body("version", equalTo(1))
                .body("examples", equalTo(61))
                .body("source", equalTo("upload"))
                .body("digest", matchesPattern("sha256:[0-9a-f]{64}"))
                .body(not(containsString(":null")));
        get("/datasets/" + name).then().statusCode(200).body("examples", equalTo(61));
        get("/datasets").then().statusCode(200).body("name", hasItem(name));
    }

    @Test
    void rowsAreFilteredMaskedAndMadeExamplesByATemplateOfTheUsers() {
        String template = given().contentType("application/json")
                .body(Map.of("text", "name: mood\nfields: [text, stars]\ninstruction: How does it sound?\ninput: '{{ text }}'\n"
                        + "output: \"{{ 'good' if stars > 3 else 'bad' }}\"\n"))
                .post("/templates").then().statusCode(200).body("template", startsWith("sha256:")).extract().path("template");
        String rows = "text,stars,lang\nAsk ann@example.org.,5,en\nNein.,1,de\nNo.,1,en\n";
        RequestSpecification how = given().contentType("text/csv").body(rows.getBytes(StandardCharsets.UTF_8))
                .queryParam("template", template).queryParam("filter", "lang = 'en'").queryParam("mask", "email,ip");

        String plain = given().contentType("text/csv").body(rows.getBytes(StandardCharsets.UTF_8)).queryParam("field", "output=stars")
                .queryParam("field", "instruction=text").post("/datasets/" + name + "-plain").then().statusCode(201).extract().path("lineage");
        how.post("/datasets/" + name).then().statusCode(201)
                .body("examples", equalTo(2))
                .body("omissions", equalTo(Map.of("rows", Map.of("filter", 1), "masked", Map.of("email", 1))))
                .body("first.input", equalTo("Ask <EMAIL>."))
                .body("first.output", equalTo("good"))
                .body("recipe.template", equalTo(template))
                .body("recipe.filter", equalTo("lang = 'en'"))
                .body("lineage", not(equalTo(plain)));
        how.queryParam("examples", 2).post("/inspections").then().statusCode(200)
                .body("entries", equalTo(3))
                .body("sample.output", contains("good", "bad"));
        given().contentType("application/json").body(Map.of("text", "name: [")).post("/templates").then().statusCode(400)
                .body("title", equalTo("Invalid template"));
        get("/templates").then().statusCode(200).body("find { it.name == 'sentiment' }.fields", contains("text", "label"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson", "application/jsonl"})
    void storesJsonLines(String type) {
        given().contentType(type).body((SING + "\n" + SING).getBytes())
                .post("/datasets/" + name).then().statusCode(201).body("examples", equalTo(2)).body("duplicates", equalTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/json", "application/octet-stream", "*/*"})
    void takesNothingThatAnyWebPageMaySend(String type) {
        given().contentType(type).body(SING.getBytes()).post("/datasets/" + name).then()
                .statusCode(415)
                .body("detail", startsWith("The body's Content-Type is "))
                .body("detail", containsString("; send JSON as application/json, JSON Lines as application/x-ndjson,"));
        get("/datasets/" + name).then().statusCode(404);
    }

    @Test
    void takesNoBodyWithoutAType() throws IOException, InterruptedException {
        URI place = URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/datasets/" + name);
        HttpResponse<String> answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(place).POST(BodyPublishers.ofString(SING)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("The body has no Content-Type; send JSON");
    }

    @Test
    void refusesAPathWithParametersInsteadOfCuttingThemOff() {
        given().contentType("application/json").urlEncodingEnabled(false).body(SING).post("/datasets/" + name + ";b").then()
                .statusCode(400)
                .body("detail", equalTo("The path /datasets/" + name + ";b holds ';', which no name may; leave it out."));
        get("/datasets/" + name).then().statusCode(404);
    }

    @Test
    void saysWhatOfTheExamplesIsNotLearned() {
        post(("[{\"instruction\": \"a\", \"output\": \"b\", \"topic\": \"song\", \"tags\": []},"
                + "{\"instruction\": \"c\", \"output\": \"d\", \"topic\": \"sum\", \"tags\": [[\"e\", \"f\"]]},"
                + "{\"instruction\": \"g\", \"output\": \"h\", \"topic\": \"\", \"tags\": null}]").getBytes())
                .statusCode(201)
                .body("ignoredFields", equalTo(Map.of("topic", 2, "tags", 1)));
        get("/datasets/" + name).then().body("ignoredFields", equalTo(Map.of("topic", 2, "tags", 1)));
        post(SING.getBytes()).statusCode(200).body("ignoredFields", nullValue());
    }

    @Test
    void leavesOutWhatCannotBeUsedAndKeepsItAmongTheRejects() {
        String lines = SING + "\n{\"instruction\": \"Hum.\", \"output\": \" \", \"id\": \"hum\"}\nno\n" + SING;
        post(lines.getBytes())
                .statusCode(201)
                .body("examples", equalTo(2))
                .body("rejected", equalTo(2))
                .body("layouts", equalTo(Map.of("Alpaca", 2)))
                .body("first.instruction", equalTo("Sing."));
        assertThat(topics.await(Topics.REJECTS, 2, entry -> entry.dataset().equals(name))).hasSize(2)
                .allSatisfy(entry -> assertThat(entry.version()).hasValue(1));
        String rejects = get("/datasets/" + name + "/rejects").then()
                .statusCode(200).contentType("application/x-ndjson").extract().asString();
        assertThat(rejects.lines()).hasSize(2).first().asString()
                .isEqualTo("{\"violations\":[{\"entry\":1,\"line\":2,\"id\":\"hum\",\"field\":\"output\",\"message\":\"is blank\"}],"
                        + "\"content\":\"{\\\"instruction\\\":\\\"Hum.\\\",\\\"output\\\":\\\" \\\",\\\"id\\\":\\\"hum\\\"}\"}");
        post(SING.getBytes()).statusCode(200).body("rejected", nullValue());
        assertThat(get("/datasets/" + name + "/rejects").asString()).isEmpty();
        get("/datasets/" + name + "-none/rejects").then().statusCode(404);
    }

    @Test
    void takesATableByItsTypeAndMapsItsFields() {
        given().contentType("text/csv").queryParam("field", "instruction=q", "output=a").body("q,a,t\nWho?,Me,x\n".getBytes())
                .post("/datasets/" + name).then()
                .statusCode(201)
                .body("examples", equalTo(1))
                .body("first.output", equalTo("Me"))
                .body("ignoredFields", equalTo(Map.of("t", 1)));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "field, x=y, 'x=y' maps no field; write it as instruction=prompt",
        "strict, maybe, parameter 'strict' is 'maybe'; it must be true or false",
        "turns, some, \"parameter 'turns' is 'some'; it must be one of all, last\"",
        "sample, abc, parameter 'sample' is 'abc'; it must be a number such as 0.5",
        "seed, 1.5, parameter 'seed' is '1.5'; it must be a whole number of at least -9223372036854775808",
        "template, none, task template 'none' is unknown; choose one of",
        "mask, name, 'name' is no kind of personal data",
        "sample, 0, sample must be above 0",
    })
    void refusesASettingThatIsNone(String setting, String value, String detail) {
        given().contentType("application/json").queryParam(setting, value).body(SING).post("/datasets/" + name).then()
                .statusCode(400).body("detail", startsWith(detail));
        get("/datasets/" + name).then().statusCode(404);
    }

    @Test
    void refusesWhatGoesBeyondTheParsersLimitsAndNamesThePlace() {
        String good = (SING + "\n").repeat(12);
        assertRefusedStrictly(good + "{\"instruction\": \"x\", \"output\": \"y\", \"m\": " + "9".repeat(1001) + "}",
                "The data cannot be read at line 13, column 1043: Number value length (1001) exceeds the maximum allowed (1000);");
        assertRefusedStrictly(good + "{\"instruction\": \"x\", \"output\": \"y\", \"m\": " + "[".repeat(1001) + "]".repeat(1001) + "}",
                "The data cannot be read at line 13, column ");
        assertRefusedStrictly("{\"" + "k".repeat(50_001) + "\": 1}", "The data cannot be read at line 1, column ");
        assertRefused("{\"" + "k".repeat(50_001) + "\": 1}", "1 of 1 entries cannot be used; nothing was stored.")
                .body("violations[0].line", equalTo(1))
                .body("violations[0].message", startsWith("cannot be read at column "));
        assertRefused("\"\"", "1 of 1 entries cannot be used; nothing was stored.");
    }

    @Test
    void theLineageIsADigestOverContentAndRecipe() {
        String first = post(examples(3)).extract().path("lineage");
        assertThat(first).matches("sha256:[0-9a-f]{64}");
        given().contentType("application/json").body(examples(3)).post("/datasets/" + name + "-other").then()
                .body("lineage", equalTo(first));
        String other = given().contentType("application/json").queryParam("turns", "last").body(examples(3)).post("/datasets/" + name).then()
                .body("recipe.turns", equalTo("last")).extract().path("lineage");
        assertThat(other).isNotEqualTo(first);
        post(examples(4)).body("lineage", not(equalTo(first)));
        post(examples(3)).body("version", equalTo(4)).body("lineage", equalTo(first));
    }

    @Test
    void deletesADatasetAndBeginsItsNameAnew() {
        post(examples(3)).statusCode(201);
        given().delete("/datasets/" + name).then().statusCode(200).body("examples", equalTo(3));
        get("/datasets/" + name).then().statusCode(404);
        get("/datasets/" + name + "/rejects").then().statusCode(404);
        get("/datasets").then().body("name", not(hasItem(name)));
        given().delete("/datasets/" + name).then().statusCode(404);
        post(SING.getBytes()).statusCode(201).body("version", equalTo(1)).body("examples", equalTo(1));
    }

    @Test
    void replacesADatasetAsAWhole() {
        post(examples(3)).statusCode(201);
        post(SING.getBytes()).statusCode(200).body("version", equalTo(2)).body("examples", equalTo(1));
    }

    @Test
    void refusesMalformedJsonAndNamesThePlace() {
        assertRefused("[{\"instruction\": \"Sing.\",\n \"output\": }]", "The data is not JSON at line 2, column 12, entry [0]: ");
    }

    @Test
    void refusesWhatHoldsNothing() {
        assertRefused("", "The data is empty;");
        assertRefused("[]", "The data holds no entries;");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        post("[\"\u00ff\"]".getBytes(StandardCharsets.ISO_8859_1))
                .statusCode(400)
                .body("detail", startsWith("The data is not UTF-8: it has the byte 0xff at offset 2"));
    }

    @Test
    void namesAllEntriesThatCannotBeUsedAndLeavesTheEarlierDatasetAlone() {
        post(SING.getBytes()).statusCode(201);
        assertRefusedStrictly("[{\"output\": [3]},\n " + SING + ",\n 5]", "2 of 3 entries cannot be used; nothing was stored.")
                .body("violationCount", equalTo(3))
                .body("violations", hasSize(3))
                .body("violations[0].entry", equalTo(0))
                .body("violations[0].line", equalTo(1))
                .body("violations[0].field", equalTo("instruction"))
                .body("violations[0].message", equalTo("is missing"))
                .body("violations[1].field", equalTo("output"))
                .body("violations[2].entry", equalTo(2))
                .body("violations[2].line", equalTo(3))
                .body("violations[2].field", nullValue())
                .body("violations[2].message", startsWith("is a number; expected an object"));
        get("/datasets/" + name).then().body("version", equalTo(1)).body("examples", equalTo(1));
    }

    @Test
    void refusesMoreThanTheLimit() {
        post(examples(10_000))
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", equalTo("The data is larger than 300,000 bytes; split it, or set apprentice.dataset.max-size."));
        get("/datasets/" + name).then().statusCode(404);
    }

    @Test
    void refusesMoreThanTheLimitWhereNoLengthIsSaidInAdvance() throws IOException {
        assertThat(LargeBody.post(RestAssured.port, "/datasets/" + name, "application/json", "[{\"instruction\": \""))
                .startsWith("HTTP/1.1 413")
                .contains("The data is larger than 300,000 bytes; split it, or set apprentice.dataset.max-size.");
    }

    @Test
    void refusesANameThatCannotBeOne() {
        given().contentType("application/json").body(SING).post("/datasets/{name}", "a b").then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", startsWith("'a b' cannot name a dataset; a name has 1 to 100 letters"));
    }

    @Test
    void saysThatADatasetIsUnknown() {
        get("/datasets/" + name).then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("There is no dataset '" + name + "'; GET /datasets lists all datasets."));
        get("/datasets/{name}", "../runs").then().statusCode(404);
    }

    private ValidatableResponse assertRefusedStrictly(String body, String detail) {
        return given().contentType("application/json").queryParam("strict", true).body(body.getBytes(StandardCharsets.UTF_8))
                .post("/datasets/" + name).then()
                .statusCode(400)
                .body("title", equalTo("Invalid dataset"))
                .body("detail", containsString(detail));
    }

    private ValidatableResponse assertRefused(String body, String detail) {
        return post(body.getBytes(StandardCharsets.UTF_8))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("title", equalTo("Invalid dataset"))
                .body("detail", containsString(detail));
    }

    private ValidatableResponse post(byte[] body) {
        return given().contentType("application/json").body(body).post("/datasets/" + name).then();
    }
}
