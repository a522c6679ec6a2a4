package dev.apprentice.dataset.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests, over TLS, which callers may do what, and how others are refused. */
@QuarkusTest
@TestProfile(SignedInService.class)
class SignInTest {

    private static final String DATA = "[{\"instruction\": \"Sing.\", \"output\": \"La.\"}]";

    @TestHTTPResource(tls = true)
    URI address;

    private final String dataset = "t-" + UUID.randomUUID();

    @Test
    void withoutAKeyOnlyHealthAndMetricsAnswer() {
        for (String path : List.of("/datasets", "/datasets/x", "/q/openapi", "/", "/no/such/path", "/q/health-ui")) {
            caller().get(path).then()
                    .statusCode(401)
                    .header("WWW-Authenticate", startsWith("Bearer "))
                    .contentType("application/problem+json")
                    .body("title", equalTo("Not signed in"))
                    .body("detail", containsString("Authorization: Bearer"));
        }
        caller().get("/q/health/live").then().statusCode(200);
        caller().get("/q/health/ready").then().statusCode(200);
        caller().get("/q/metrics").then().statusCode(200);
    }

    @Test
    void aViewerReadsAndChangesNothing() {
        for (RequestSpecification viewer : List.of(bearer(SignedInService.VIEWER_KEY), bearer(Tokens.of("viewer")))) {
            viewer.get("/datasets").then().statusCode(200);
        }
        refusesFor("reader", put(bearer(SignedInService.VIEWER_KEY)));
        refusesFor("ada", put(bearer(Tokens.of("viewer"))));
        refusesFor("reader", withdraw(bearer(SignedInService.VIEWER_KEY)));
        bearer(SignedInService.TRAINER_KEY).get("/datasets/" + dataset).then().statusCode(404);
    }

    private static void refusesFor(String name, ValidatableResponse answer) {
        answer.statusCode(403)
                .contentType("application/problem+json")
                .body("title", equalTo("Role missing"))
                .body("detail", containsString("needs the role trainer; '" + name + "' has viewer"));
    }

    @Test
    void aTrainerChangesAndReadsAndSoDoesAnAdmin() {
        put(bearer(SignedInService.TRAINER_KEY)).statusCode(201);
        put(bearer(Tokens.of("trainer"))).statusCode(200);
        put(bearer(Tokens.of("admin"))).statusCode(200);
        for (String credentials : List.of(SignedInService.TRAINER_KEY, Tokens.of("trainer"), Tokens.of("admin"))) {
            bearer(credentials).get("/datasets").then().statusCode(200).body("name", hasItem(dataset));
        }
    }

    @Test
    void aTokenWithARoleOfAnotherKindOpensNothing() {
        bearer(Tokens.of("accountant")).get("/datasets").then()
                .statusCode(403)
                .body("detail", equalTo("GET /datasets needs the role viewer; 'ada' has none"));
    }

    /** For callers that can only send a password, such as a proxy or a script. */
    @Test
    void aTokenIsTakenAsAPasswordToo() {
        caller().auth().preemptive().basic("anyone", Tokens.of("viewer")).get("/datasets").then().statusCode(200);
        caller().auth().preemptive().basic("anyone", Tokens.expired()).get("/datasets").then().statusCode(401);
    }

    @Test
    void aBrowserThatOpensThePageSignsInAtTheIssuerAndIsAViewerFromThenOn() {
        Response sent = caller().accept("text/html").redirects().follow(false).get("/");
        assertThat(sent.statusCode()).isEqualTo(302);
        assertThat(sent.header("WWW-Authenticate")).as("no password is asked for").isNull();
        assertThat(sent.header("Location")).matches("http://127\\.0\\.0\\.1:\\d+/authorize\\?.*client_id=apprentice.*");
        String state = sent.header("Location").replaceAll(".*[?&]state=([^&]+).*", "$1");

        Response back = caller().accept("text/html").redirects().follow(false).cookies(sent.cookies())
                .queryParam("code", FakeIssuer.CODE).queryParam("state", state).get("/");
        Map<String, String> session = new HashMap<>(back.cookies());
        session.values().removeIf(String::isEmpty);

        assertThat(back.statusCode()).isEqualTo(302);
        caller().cookies(session).accept("text/html").get("/").then().statusCode(200).contentType(containsString("text/html"));
        caller().cookies(session).get("/datasets").then().statusCode(200);
        put(caller().cookies(session)).statusCode(403).body("detail", containsString("needs the role trainer; 'ada' has viewer"));
        caller().cookies(session).header("Origin", "https://evil.example").contentType("application/json").body(DATA)
                .post("/datasets/" + dataset).then().statusCode(403).body("title", equalTo("Foreign origin"));
    }

    @Test
    void whatAPagesScriptAsksForWithoutASessionIsRefusedWithTheWayOut() {
        caller().accept("application/json").get("/datasets").then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer "))
                .body("detail", containsString("load the page again, which leads to the issuer's sign-in"));
    }

    @Test
    void aKeyIsTakenAsABrowsersPassword() {
        caller().auth().preemptive().basic("anyone", SignedInService.VIEWER_KEY).get("/datasets").then().statusCode(200);
        caller().auth().preemptive().basic(SignedInService.VIEWER_KEY, "").get("/datasets").then().statusCode(401);
    }

    /** No two clocks are the same. */
    @Test
    void aTokenIsTakenWhoseIssuersClockIsLessThanAMinuteOff() {
        bearer(Tokens.expiredJustNow()).get("/datasets").then().statusCode(200);
        bearer(Tokens.ofATimeToCome(Duration.ofSeconds(20))).get("/datasets").then().statusCode(200);
    }

    @Test
    void whatIsNoValidKeyOrTokenIsRefused() {
        List<String> credentials = List.of(
                Tokens.expired(), Tokens.ofATimeToCome(Duration.ofHours(1)), Tokens.forAnotherService(), Tokens.signedByAnother(), SignedInService.VIEWER_KEY + "x",
                SignedInService.VIEWER_KEY.substring(1), "reader:viewer:" + SignedInService.VIEWER_KEY, "x", "");
        for (String each : credentials) {
            bearer(each).get("/datasets").then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .body("title", equalTo("Not signed in"))
                    .body("detail", equalTo("the API key or token is not known here, or has expired by this service's clock"));
            put(bearer(each)).statusCode(401);
        }
        caller().header("Authorization", "Basic %%%").get("/datasets").then().statusCode(401);
        bearer(SignedInService.TRAINER_KEY).get("/datasets/" + dataset).then().statusCode(404);
    }

    @Test
    void aPageOfAnotherOriginIsGivenNothingToRead() {
        bearer(SignedInService.VIEWER_KEY).header("Origin", "https://evil.example").get("/datasets").then()
                .header("Access-Control-Allow-Origin", nullValue());
        caller().header("Origin", "https://evil.example").header("Access-Control-Request-Method", "DELETE")
                .options("/datasets/" + dataset + "/instructions/one").then()
                .statusCode(not(equalTo(200)))
                .header("Access-Control-Allow-Origin", nullValue());
        bearer(SignedInService.TRAINER_KEY).header("Origin", "https://evil.example").contentType("application/json").body(DATA)
                .post("/datasets/" + dataset).then().statusCode(403).body("title", equalTo("Foreign origin"));
    }

    /** All callers have one address; each API key is a client of its own. */
    @Test
    void aCallerWhoAsksTooOftenIsRefusedAloneAndToldWhenToComeAgain() {
        int answered = 0;
        ValidatableResponse last = put(bearer(SignedInService.BUSY_KEY));
        while (last.extract().statusCode() != 429) {
            answered++;
            assertThat(answered).isLessThan(20 * SignedInService.A_MINUTE);
            last = put(bearer(SignedInService.BUSY_KEY));
        }
        assertThat(answered).isGreaterThanOrEqualTo(SignedInService.A_MINUTE);
        last // not a further request, which may be allowed again by the time it is sent
                .header("Retry-After", matchesRegex("[1-9][0-9]*"))
                .contentType("application/problem+json")
                .body("title", equalTo("Too many requests"))
                .body("detail", startsWith("you have sent 60 requests within a minute (apprentice.http.per-client.a-minute)"));
        bearer(SignedInService.BUSY_KEY).get("/datasets").then().statusCode(200);
        put(bearer(SignedInService.TRAINER_KEY)).statusCode(201);
        caller().get("/q/metrics").then()
                .body(matchesPattern("(?s).*apprentice_http_requests_refused_total\\{[^}]*limit=\"rate\"[^}]*\\} [1-9].*"));
    }

    private RequestSpecification caller() {
        return given().relaxedHTTPSValidation().baseUri("https://localhost").port(address.getPort());
    }

    private RequestSpecification bearer(String credentials) {
        return caller().header("Authorization", "Bearer " + credentials);
    }

    private ValidatableResponse put(RequestSpecification caller) {
        return caller.contentType("application/json").body(DATA).post("/datasets/" + dataset).then();
    }

    private ValidatableResponse withdraw(RequestSpecification caller) {
        return caller.delete("/datasets/" + dataset + "/instructions/one").then();
    }
}
