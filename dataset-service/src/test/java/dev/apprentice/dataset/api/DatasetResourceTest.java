package dev.apprentice.dataset.api;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.apprentice.dataset.ServiceTest;
import dev.apprentice.testkit.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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
                .body("digest", matchesPattern("sha256:[0-9a-f]{64}"));
        get("/datasets/" + name).then().statusCode(200).body("examples", equalTo(61));
        get("/datasets").then().statusCode(200).body("name", hasItem(name));
    }

    @Test
    void storesJsonLinesWhateverTheClientCallsThem() {
        given().contentType("application/x-www-form-urlencoded").body(SING + "\n" + SING)
                .post("/datasets/" + name).then().statusCode(201).body("examples", equalTo(2)).body("duplicates", equalTo(1));
    }

    @Test
    void replacesADatasetAsAWhole() {
        post(examples(3)).statusCode(201);
        post(SING.getBytes()).statusCode(200).body("version", equalTo(2)).body("examples", equalTo(1));
    }

    @Test
    void refusesMalformedJsonAndNamesThePlace() {
        assertRefused("[{\"instruction\": \"Sing.\",\n \"output\": }]", "The data is not JSON at line 2, column 12");
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
        assertRefused("[{\"output\": 3},\n " + SING + ",\n 5]", "2 of 3 entries cannot be used; nothing was stored.")
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
    void refusesANameThatCannotBeOne() {
        given().body(SING).post("/datasets/{name}", "a b").then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", startsWith("'a b' cannot name a dataset; a name has 1 to 100 letters"));
    }

    @Test
    void saysThatADatasetIsUnknown() {
        get("/datasets/" + name).then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("There is no dataset '" + name + "'; GET /datasets lists those there are."));
        get("/datasets/{name}", "../runs").then().statusCode(404);
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
