package dev.apprentice.inference.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import dev.apprentice.testkit.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An instance and a broker of its own, on which nothing was ever announced. */
@QuarkusTest
@TestProfile(NoCheckpointYetTest.Fresh.class)
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
class NoCheckpointYetTest {

    public static class Fresh implements QuarkusTestProfile {}

    @Test
    void saysThatThereIsNothingToAskYet() {
        given().contentType(ContentType.JSON).body(Map.of("instruction", "Hello.")).post("/ask").then()
                .statusCode(409)
                .body("detail", containsString("no checkpoint has been announced yet; start a run"));
    }
}
