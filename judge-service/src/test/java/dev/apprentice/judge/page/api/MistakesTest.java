package dev.apprentice.judge.page.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.either;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.apprentice.judge.OllamaResource;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.LargeBody;
import dev.apprentice.testkit.UnansweredRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients' mistakes are reported as such, and the answer names the mistake. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(OllamaResource.class)
class MistakesTest {

    @Test
    void nothingIsFoundByAnIdThatCannotBe() {
        given().urlEncodingEnabled(false).get("/pairwise/%00").then().statusCode(either(is(400)).or(is(404))).body("detail", notNullValue());
        given().urlEncodingEnabled(false).get("/pairwise/..%2f..%2fetc%2fpasswd").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nope, */*, 404, There is nothing at /nope; GET /q/openapi lists all calls of this service.",
        "GET, /q/nope, */*, 404, There is nothing at /q/nope; GET /q/openapi lists all calls of this service.",
        "PUT, /judges, */*, 405, /judges does not take PUT; GET /q/openapi lists all calls of this service.",
        "GET, /judges, image/png, 406, '/judges is not answered as image/png; leave the Accept header out, or see in GET /q/openapi what there is.'"
    })
    void aRequestThatNoCallAnswersGetsTheWayOut(String method, String path, String accept, int status, String detail) throws Exception {
        assertThat(UnansweredRequest.send(RestAssured.port, method, path, accept)).startsWith(status + " application/problem+json {").contains("\"" + detail + "\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/judges/check | application/json | {\"judge\": \"", "/agreement/some-run/1 | application/json | [{\"example\": \"",
        "/agreement/some-run/1 | text/csv | example,score"
    })
    void aBodyThatTurnsOutTooLargeIsRefusedWithTheLimit(String path, String type, String beginning) throws IOException {
        assertThat(LargeBody.post(RestAssured.port, path, type, beginning)).startsWith("HTTP/1.1 413").contains(
                "application/problem+json",
                "The body exceeds the limit of 10485760 bytes (quarkus.http.limits.max-body-size); send a smaller body.");
    }

    @ParameterizedTest
    @CsvSource({
        "/reports/some-run/x/responses, step", "/reports/some-run/1.5/responses/download, step",
        "/reports/some-run/99999999999/responses, step", "/agreement/some-run/x, step"
    })
    void aStepThatIsNoNumberIsNamed(String path, String name) {
        ValidatableResponse answer = path.startsWith("/agreement")
                ? given().contentType("text/csv").body("e0,1").post(path).then()
                : given().get(path).then();
        problem(answer, 400).body("detail", containsString(name));
    }

    private static ValidatableResponse problem(ValidatableResponse answer, int status) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("title", not(containsString("Exception")));
    }
}
