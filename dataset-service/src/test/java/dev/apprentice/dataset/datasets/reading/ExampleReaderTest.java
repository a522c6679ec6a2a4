package dev.apprentice.dataset.datasets.reading;

import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import dev.apprentice.dataset.datasets.reading.outcome.Violation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.apprentice.dataset.datasets.example.Example;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleReaderTest {

    @Test
    void readsAnArray() throws IOException {
        assertThat(read("""
                [{"instruction": "Add.", "input": "1 2", "output": "3", "id": "sum", "seen": true},
                 {"instruction": "Sing.", "output": "La.", "id": 7}]
                """))
                .containsExactly(new Example("sum", "Add.", "1 2", "3"), new Example("7", "Sing.", "", "La."));
    }

    @Test
    void readsJsonLines() throws IOException {
        assertThat(read("""
                {"instruction": "Add.", "input": null, "output": "3", "id": "a"}

                {"instruction": "Sing.", "output": "Là 🎵", "id": "b"}"""))
                .containsExactly(new Example("a", "Add.", "", "3"), new Example("b", "Sing.", "", "Là 🎵"));
    }

    @Test
    void passesOverAByteOrderMark() throws IOException {
        assertThat(read("\ufeff[{\"instruction\": \"Sing.\", \"output\": \"La.\"}]")).hasSize(1);
    }

    @Test
    void theSameTextGetsTheSameIdAndItsRepetitionsGetIdsOfTheirOwn() throws IOException {
        String sing = "{\"instruction\": \"Sing.\", \"output\": \"La.\"}";
        List<Example> once = read(sing);
        List<Example> thrice = read(sing + sing + sing);
        String id = once.get(0).id();

        assertThat(id).matches("[0-9a-f]{20}");
        assertThat(thrice).extracting(Example::id).containsExactly(id, id + "-2", id + "-3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "`[{\"instruction\": \"Sing.\",\n  \"output\": }]`|line 2, column 13",
        "`{\"instruction\": \"Sing.\", \"output\": \"La.\"}\n{\"instruction\": Sing}`|line 2, column 17",
        "`[{\"instruction\": \"Sing.\", \"output\": \"La.\"}`|line 1, column 43",
        "`[{\"instruction\": \"Sing.\", \"output\": \"La.\"}] x`|line 1, column 45",
        "`[{\"instruction\": \"Sing.\", \"output\": \"La.\"}] {}`|line 1, column 45: something follows the end of the array",
        "`{\"instruction\": \"Si\nng.\"}`|line 1, column 20",
    })
    void namesLineAndColumnWhereTheTextStopsBeingJson(String text, String place) {
        assertThat(refusalOf(text)).hasMessageStartingWith("The data is not JSON at " + place);
    }

    @Test
    void explainsMalformedJsonWithoutJacksonsNameForTheSource() {
        assertThat(refusalOf("[{\"instruction\": \"Sing.\"")).hasMessage("The data is not JSON at line 1, column 25, entry [0]: Unexpected"
                + " end-of-input: expected close marker for Object (begun at line 1, column 2); nothing was stored.");
    }

    @ParameterizedTest
    @CsvSource({"'',The data is empty;", "'  \n ',The data is empty;", "[],The data holds no entries;"})
    void refusesWhatHoldsNothing(String text, String message) {
        assertThat(refusalOf(text)).hasMessageStartingWith(message).hasMessageContaining("send a JSON array or JSON lines");
    }

    @Test
    void namesTheOffsetOfTheByteThatIsNotUtf8() {
        byte[] bytes = "[{\"instruction\": \"Sing \u00e9\", \"output\": \"La.\"}]".getBytes(StandardCharsets.ISO_8859_1);
        InvalidDatasetException refusal =
                catchThrowableOfType(InvalidDatasetException.class, () -> read(bytes));
        assertThat(refusal).hasMessage("The data is not UTF-8: it has the byte 0x22 at offset 24;"
                + " save it as UTF-8, or name its encoding with 'encoding' (--encoding); nothing was stored.");
    }

    @Test
    void namesEveryFieldOfEveryEntryThatCannotBeUsed() {
        InvalidDatasetException refusal = refusalOf("""
                [{"output": "La."},
                 {"instruction": " ", "output": {}},
                 {"instruction": "Sing.", "output": null, "input": ["a"]},
                 "sing",
                 {"instruction": "Sing.", "output": "La.", "id": "a b"},
                 {"instruction": "Sing.", "output": "La.", "id": true},
                 {"instruction": "Sing.", "output": "La.", "id": "one"},
                 {"instruction": "Dance.", "output": "La.", "id": "one"},
                 {"instruction": "\\ud83d", "output": "La."}]
                """);
        assertThat(refusal).hasMessage("8 of 9 entries cannot be used; nothing was stored.");
        assertThat(refusal.violationCount()).isEqualTo(10);
        assertThat(refusal.refusedEntries()).isEqualTo(8);
        assertThat(refusal.violations()).containsExactly(
                violation(0, "instruction", "is missing"),
                violation(1, "instruction", "is blank"),
                violation(1, "output", "is an object; expected text"),
                violation(2, "input", "is an array; expected text"),
                violation(2, "output", "is null; expected text"),
                new Violation(3, 4, Optional.empty(), "is text; expected an object with 'instruction' and 'output'"),
                named("a b", violation(4, "id", "is not a valid id: a name has 1 to 100 letters, digits, '.', '_' or '-' and starts with a"
                        + " letter or digit")),
                violation(5, "id", "is true or false; expected text"),
                named("one", violation(7, "id", "is already used by entry [6]")),
                violation(8, "instruction", "contains an unpaired surrogate, which is not a character"));
    }

    @Test
    void listsTheFirstHundredViolationsAndCountsAll() {
        InvalidDatasetException refusal = refusalOf("{\"instruction\": \"Sing.\"}\n".repeat(250));
        assertThat(refusal.violations()).hasSize(100).last().extracting(Violation::entry).isEqualTo(99);
        assertThat(refusal.violationCount()).isEqualTo(250);
    }

    @Test
    void namesEntriesBeforeThePlaceWhereTheTextStopsBeingJson() {
        InvalidDatasetException refusal = refusalOf("[{\"instruction\": \"Sing.\"}, oops]");
        assertThat(refusal).hasMessageContaining("not JSON at line 1");
        assertThat(refusal.violations()).containsExactly(violation(0, "output", "is missing"));
    }

    @Test
    void namesTheEntryOfAnArrayInOneLine() {
        assertThat(refusalOf("[" + "{\"instruction\": \"Sing.\", \"output\": \"La.\"}, ".repeat(57) + "{]"))
                .hasMessageContaining("at line 1, column ")
                .hasMessageContaining(", entry [57]: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "[secret", "{\"secret\": 1, \"secret\": 2}", "[{\"id\": \"se cret\", \"instruction\": \"secret\"}"})
    void quotesNothingOfDataThatItsSenderHasNotSeen(String text) {
        InvalidDatasetException refusal = refusalOf(text).unquoted();
        assertThat(refusal.getMessage() + refusal.violations()).doesNotContain("cret").contains("line 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+1", "01", "'a'", "/* */ 1", "{\"a\": .5}", "[1,]", "{a: 1}", "\"\t\"", "{\"a\": \"\\x\"}", "[\u0001]", "[}",
        "{]", "[{\"a\": [}]"})
    void saysNothingOfTheParser(String text) {
        assertThat(refusalOf(text).getMessage()).doesNotContainPattern("Feature|Constraints|Source|REDACTED|com\\.fasterxml|enable");
    }

    @Test
    void anExampleIsTooLargeByTheBytesItsRecordsWouldHave() throws IOException {
        String fits = "{\"instruction\": \"%s\", \"output\": \"La.\", \"id\": \"a\"}";
        int around = "{'id':'a','instruction':'','input':'','output':'La.'}".length();
        assertThat(read(fits.formatted("x".repeat(1_000 - around)))).hasSize(1);
        assertThat(read(fits.formatted("\u00e9".repeat((1_000 - around) / 2)))).hasSize(1);
        assertThat(refusalOf(fits.formatted("x".repeat(1_001 - around))).violations())
                .extracting(Violation::message)
                .singleElement().asString().startsWith("has 1,001 bytes as JSON; the limit is 1,000");
        assertThat(refusalOf(fits.formatted("\\u0001".repeat((1_006 - around) / 6))).violations()).hasSize(1);
    }

    private static Violation violation(int entry, String field, String message) {
        return new Violation(entry, entry + 1, Optional.of(field), message);
    }

    private static Violation named(String id, Violation of) {
        return new Violation(of.file(), of.entry(), of.line(), Optional.of(id), of.field(), of.message());
    }

    private static InvalidDatasetException refusalOf(String text) {
        return catchThrowableOfType(InvalidDatasetException.class, () -> read(text));
    }

    private static List<Example> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Example> read(byte[] bytes) throws IOException {
        List<Example> examples = new ArrayList<>();
        WholeJson.read(bytes, 1_000, examples::add);
        return examples;
    }
}
