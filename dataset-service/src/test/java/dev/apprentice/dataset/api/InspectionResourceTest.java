package dev.apprentice.dataset.api;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.apprentice.dataset.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InspectionResourceTest extends ServiceTest {

    private static final String SING = "{\"instruction\": \"Sing.\", \"output\": \"La.\"}\n";
    private static final String LONG = "{\"instruction\": \"Count.\", \"output\": \"" + "one two three ".repeat(20) + "\"}\n";
    private static final String DATA = SING + "no\n" + LONG + SING + "{\"instruction\": \"Hum.\", \"output\": \" \"}\n"
            + "{\"instruction\": \"Dance.\", \"output\": \"\", \"topic\": \"x\"}\n";

    @Test
    void whatIsWrongIsCountedAndItsFirstPlacesAreNamed() {
        inspect(DATA, Map.of())
                .body("entries", equalTo(6))
                .body("examples", equalTo(3))
                .body("layouts", equalTo(Map.of("Alpaca", 3)))
                .body("problems.find { it.what == \"'output' is blank\" }.count", equalTo(2))
                .body("problems.find { it.what == \"'output' is blank\" }.places.line", contains(5, 6))
                .body("problems.find { it.what == 'repeats an earlier entry' }.places.entry", contains(3))
                .body("problems.find { it.what == 'repeats an earlier entry' }.places.beginning", contains("Sing."))
                .body("problems.collect { it.count }.sum()", equalTo(4));
    }

    @Test
    void theRowOfTheFirstExampleIsShownWithWhatIsLearnedOfIt() {
        Map<String, Object> plain = Map.of("model", tinyModel().toString(), "promptStyle", "plain", "maskInstruction", "true");
        List<Map<String, Object>> tokens = inspect(SING, plain).extract().path("tokens");

        String learned = tokens.stream().filter(token -> (boolean) token.get("learned")).map(token -> token.get("text").toString())
                .collect(java.util.stream.Collectors.joining());
        String all = tokens.stream().map(token -> token.get("text").toString()).collect(java.util.stream.Collectors.joining());
        assertThat(learned).startsWith("La.").doesNotContain("Sing");
        assertThat(all).startsWith("Sing.");
        assertThat(tokens.get(0).get("id")).isEqualTo(50); // the letter S in the tiny tokenizer
    }

    @Test
    void aPromptStyleOfOnesOwnIsKeptFirst() {
        String kept = given().contentType("application/json").body(Map.of("prompt", "{% for turn in messages %}{{ turn.content }} => {% endfor %}")).post("/templates").then()
                .statusCode(200).extract().path("template");
        List<Map<String, Object>> tokens = inspect(SING, Map.of("model", tinyModel().toString(), "promptStyle", "mine.jinja",
                "promptTemplate", kept)).extract().path("tokens");
        assertThat(tokens.stream().map(token -> token.get("text").toString()).collect(java.util.stream.Collectors.joining())).startsWith("Sing. =>");
        given().contentType("application/json").body(Map.of("prompt", "{{ messages")).post("/templates").then()
                .statusCode(400).body("detail", equalTo("line 1: a tag is not closed; it needs '}}'."));
        given().contentType("application/json").body(Map.of("prompt", "x".repeat(65_537))).post("/templates").then()
                .statusCode(400).body("detail", containsString("65537 characters; a prompt template may have 65536"));
        given().contentType("application/json").queryParams(Map.of("model", tinyModel().toString(), "promptStyle", "mine.jinja", "promptTemplate", "x"))
                .body(SING).post("/inspections").then()
                .statusCode(400).body("detail", equalTo("prompt template x is unknown here; send its text to POST /templates first"));
    }

    @Test
    void lengthsAreCountedInPartsAndFewAnswersAreLabels() {
        String labelled = "{\"instruction\": \"a\", \"output\": \"yes\"}\n".repeat(4) + "{\"instruction\": \"b\", \"output\": \"no\"}\n".repeat(2);
        inspect(labelled, Map.of())
                .body("labels", equalTo(Map.of("yes", 4, "no", 2)))
                .body("lengths.histogram.from", contains(3, 4))
                .body("lengths.histogram.count", contains(2, 4));
        inspect(DATA, Map.of())
                .body("labels", nullValue())
                .body("lengths.histogram.count.sum()", equalTo(3))
                .body("lengths.histogram.to.last()", equalTo(299));
    }

    @Test
    void languagesAreCountedAndWhatSaysTooLittleIsUnknown() {
        String english = "{\"instruction\": \"When does the bakery open on weekdays?\", \"output\": \"At seven in the morning.\"}\n";
        String german = "{\"instruction\": \"Wann öffnet die Bäckerei?\", \"output\": \"Um sieben Uhr morgens, an Werktagen.\"}\n";
        inspect(english.repeat(3) + german.repeat(2) + SING, Map.of()).body("languages", equalTo(Map.of("en", 3, "de", 2, "unknown", 1)));
    }

    @Test
    void thePageAndAllThatItLoadsAreServedFromHereAlone() {
        String page = get("/").then().statusCode(200).header("Content-Security-Policy", containsString("default-src 'none'"))
                .extract().asString();
        List<String> loaded = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(page).results().map(match -> match.group(1)).toList();
        assertThat(loaded).contains("page/main.js", "style/data.css").noneMatch(address -> address.contains(":"));
        loaded.forEach(file -> get("/" + file).then().statusCode(200));
        for (String script : List.of("main", "inspection")) {
            String text = get("/page/" + script + ".js").then().statusCode(200).extract().asString();
            Pattern.compile("from '\\./([^']+)'").matcher(text).results().forEach(used -> get("/page/" + used.group(1)).then().statusCode(200));
            assertThat(text).doesNotContain("innerHTML");
        }
    }

    @Test
    void aDatasetOnTheHubMayBeNamedInstead() {
        for (String call : List.of("/inspections", "/datasets/hub")) {
            given().contentType("application/json").body("{\"url\": \"hf:no/such/dataset\"}").post(call)
                    .then().statusCode(400).body("detail", containsString("'hf:no/such/dataset' is not the name of a dataset on the hub; write hf:"));
        }
    }

    /** Without a model, the prompt style is Alpaca, which has no tools. */
    @Test
    void descriptionsOfToolsThatAreNotLearnedAreCountedWithAndWithoutAModel() {
        String said = "{\"messages\": [{\"role\": \"user\", \"content\": \"Sing.\"}, {\"role\": \"assistant\", \"content\": \"La.\"}]";
        String data = said + ", \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"hum\"}}]}\n" + said + "}\n";
        for (Map<String, Object> options : List.of(Map.<String, Object>of(), Map.<String, Object>of("model", tinyModel().toString()))) {
            inspect(data, options).body("problems.find { it.what.startsWith('describes tools') }.count", equalTo(1));
        }
    }

    @Test
    void lengthsAreCharactersWhereNoModelIsNamed() {
        inspect(DATA, Map.of())
                .body("lengths.unit", equalTo("characters"))
                .body("lengths.shortest", equalTo(8))
                .body("lengths.median", equalTo(8))
                .body("lengths.ninetyFifth", equalTo(286))
                .body("lengths.longest", equalTo(286))
                .body("lengths.limit", nullValue())
                .body(not(containsString(":null"))) // empty parts are omitted; the page would show them
                .body("firstAsRead", equalTo("Below is an instruction that describes a task. Write a response that appropriately"
                        + " completes the request.\n\n### Instruction:\nSing.\n\n### Response:\nLa."));
        inspect("{\"text\": \"A plain text.\"}", Map.of()).body("firstAsRead", equalTo("A plain text."));
    }

    @Test
    void aModelSaysHowManyTokensThereAreWhatTheLengthPolicyDoesAndHowItReads() {
        int shortest = inspect(DATA, Map.of("model", tinyModel().toString())).body("lengths.tooLong", equalTo(0))
                .extract().path("lengths.shortest");
        int limit = shortest + 10;
        Map<String, Object> drop = Map.of("model", tinyModel().toString(), "maxLength", limit, "overlong", "drop");
        inspect(DATA, drop)
                .body("lengths.unit", equalTo("tokens"))
                .body("lengths.longest", greaterThan(limit))
                .body("lengths.limit", equalTo(limit))
                .body("lengths.tooLong", equalTo(1))
                .body("lengths.leftOut", equalTo(1))
                .body("problems.find { it.what.endsWith('left out') }.places.line", contains(3))
                .body("firstAsRead", equalTo("Below is an instruction that describes a task. Write a response that appropriately"
                        + " completes the request.\n\n### Instruction:\nSing.\n\n### Response:\nLa."));
        Map<String, Object> cut = Map.of("model", tinyModel().toString(), "maxLength", limit);
        inspect(DATA, cut).body("lengths.leftOut", equalTo(0)).body("lengths.tooLong", equalTo(1));
    }

    @Test
    void ofTextsItIsSaidHowManyRowsTheyAreByThemselvesAndPacked() {
        String texts = "{\"text\": \"The hobby of Gilbert is collecting coins.\"}\n".repeat(5);
        int length = inspect(texts, Map.of("model", tinyModel().toString())).body("texts.count", equalTo(5)).body("texts.rows", equalTo(5))
                .extract().path("lengths.longest");
        int tokens = 5 * (length + 1);
        inspect(texts, Map.of("model", tinyModel().toString(), "maxLength", 8))
                .body("texts.tokens", equalTo(tokens))
                .body("texts.rows", equalTo(5 * (int) Math.ceil(length / 8.0)))
                .body("texts.packedRows", equalTo((int) Math.ceil((tokens - 1) / 8.0)));
        inspect(DATA, Map.of("model", tinyModel().toString())).body("texts", nullValue());
    }

    @Test
    void whatCannotBeUsedIsNamedAndNothingIsStored() {
        List<String> before = get("/datasets").path("name");
        given().contentType("application/json").queryParam("model", "/none").body(SING).post("/inspections").then()
                .statusCode(400).body("detail", containsString("/none"));
        given().contentType("application/json").queryParams(Map.of("model", tinyModel().toString(), "overlong", "fold"))
                .body(SING).post("/inspections").then()
                .statusCode(400).body("detail", equalTo("parameter 'overlong' is 'fold'; it must be one of truncate, drop, terminate"));
        Map.of("examples", "1001' | it must be at most 1000", "maxLength", "long' | it must be a whole number of at least 2",
                "maskInstruction", "yes' | it must be true or false").forEach((name, said) -> {
                    String value = said.substring(0, said.indexOf('\''));
                    given().contentType("application/json").queryParam(name, value).body(SING).post("/inspections").then()
                            .statusCode(400).body("detail", equalTo("parameter '" + name + "' is '" + value + "'; " + said.substring(said.indexOf('|') + 2)));
                });
        given().contentType("application/json").body("no").post("/inspections").then().statusCode(400);
        inspect(SING, Map.of());
        assertThat(get("/datasets").<List<String>>path("name")).containsExactlyInAnyOrderElementsOf(before);
    }

    private ValidatableResponse inspect(String data, Map<String, Object> settings) {
        return given().contentType("application/x-ndjson").queryParams(settings).body(data.getBytes()).post("/inspections").then()
                .statusCode(200);
    }
}
