package dev.apprentice.dataset.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.DataReadingBuilder;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import dev.apprentice.prompts.task.TaskTemplates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests filters, samples, masks and templates over rows of any format. */
class RowSelectionTest {

    private static final String ROWS = "{\"instruction\": \"Sing.\", \"output\": \"La.\", \"stars\": 5}\n"
            + "{\"instruction\": \"Hum.\", \"output\": \"Hm hm hm.\", \"stars\": 2, \"lang\": \"en\"}\n"
            + "no row\n"
            + "{\"instruction\": \"Dance.\", \"output\": \" \", \"stars\": 4}\n"
            + "7\n";

    @TempDir
    Path scratch;

    private Taken read(String file, String text, DataReadingBuilder reading) throws IOException {
        DataReading asked = reading.build();
        return Taken.of(file, text.getBytes(StandardCharsets.UTF_8),
                ReadSettings.of(asked, asked.template().map(TaskTemplates::bundled), 1), scratch);
    }

    private static DataReadingBuilder filter(String expression) {
        return DataReadingBuilder.builder().filter(expression);
    }

    @Test
    void aFilterTakesRowsOfWhichItIsTrueAndTheCountsAddUp() throws IOException {
        Taken taken = read("a.jsonl", ROWS, filter("stars > 3 -- good ones"));

        assertThat(taken.said()).containsExactly("Sing.||La.");
        assertThat(taken.reading().omissions().rows()).isEqualTo(Map.of("filter", 1));
        assertThat(taken.rejects()).extracting(reject -> reject.violations().get(0).line() + " " + reject.violations().get(0).message())
                .containsExactlyInAnyOrder("3 is not JSON at column 1: Unrecognized token 'no': was expecting (JSON String, Number, Array,"
                        + " Object or token 'null', 'true' or 'false')", "4 is blank", "5 is a number; expected an object with 'instruction' and 'output'");
        assertThat(taken.reading().accepted() + taken.reading().rejected()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "lang = 'en'                              | Hum.;Hm hm hm.",
        "length(output) < 5 and output <> ' '     | Sing.;La.",
        "regexp_matches(instruction, '^S')        | Sing.;La.",
        "list_contains(['Sing.'], instruction)    | Sing.;La.",
    })
    void anExpressionMaySpeakOfAnyField(String expression, String left) throws IOException {
        assertThat(read("a.jsonl", ROWS, filter(expression)).said()).containsExactly(left.replace(";", "||"));
    }

    @Test
    void numbersOfATableAreNumbersToAFilterAndTextsToAnExample() throws IOException {
        Taken taken = read("a.csv", "instruction,output,stars\nAdd 1 and 2.,3,5\nAdd 1 and 1.,2,1\n", filter("stars >= 2.5"));

        assertThat(taken.said()).containsExactly("Add 1 and 2.||3");
        assertThat(taken.reading().omissions().rows()).isEqualTo(Map.of("filter", 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "true) UNION SELECT 1 FROM rows WHERE (true       | it is not one expression",
        "true); SELECT 1 FROM rows WHERE (true            | it is not one expression",
        "stars IN (SELECT 1)                              | it contains a query; use only the row's fields",
        "exists(FROM read_text('/etc/passwd'))            | it contains a query; use only the row's fields",
        "random() < 0.5                                   | it calls random, which is not allowed; use only the row's fields",
        "stars >                                          | syntax error",
        "star > 3                                         | no row has a field \"star\"; there are instruction, output, stars, lang",
    })
    void whatIsNoExpressionOverTheFieldsIsRefused(String expression, String why) {
        assertThatThrownBy(() -> read("a.jsonl", ROWS, filter(expression)))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageStartingWith("The filter " + expression + " cannot be used: ")
                .hasMessageContaining(why)
                .hasMessageEndingWith("; write an SQL expression over the fields, such as length(output) > 20.");
    }

    @Test
    void aFilterThatLeavesNothingIsSaid() {
        assertThatThrownBy(() -> read("a.csv", "instruction,output\na,b\n", filter("output = 'c'")))
                .hasMessage("The filter and the sample leave none of 1 rows; choose others. Nothing was stored.");
    }

    @Test
    void aSampleIsDrawnBySeedKeepsTheOrderAndHasItsSize() throws IOException {
        String rows = IntStream.range(0, 400).mapToObj(i -> "{\"instruction\": \"" + (1000 + i) + "\", \"output\": \"x\"}\n")
                .collect(Collectors.joining());

        List<String> some = read("a.jsonl", rows, DataReadingBuilder.builder().sample(100.0)).said();
        assertThat(some).hasSize(100).isSorted().doesNotHaveDuplicates();
        assertThat(read("a.jsonl", rows, DataReadingBuilder.builder().sample(0.25)).said()).isEqualTo(some);
        DataReading other = DataReadingBuilder.builder().sample(100.0).build();
        Taken drawn = Taken.of("a.jsonl", rows.getBytes(StandardCharsets.UTF_8), ReadSettings.of(other, Optional.empty(), 2), scratch);
        assertThat(drawn.said()).hasSize(100).isNotEqualTo(some);
        assertThat(drawn.reading().omissions().rows()).isEqualTo(Map.of("sample", 300));
        assertThat(read("a.jsonl", rows, filter("instruction >= '1300'").sample(1000.0)).said()).hasSize(100);
        assertThatThrownBy(() -> read("a.jsonl", rows, DataReadingBuilder.builder().sample(2.5)))
                .hasMessage("sample is 2.5; it must be a whole number of rows, or a share between 0 and 1");
    }

    @Test
    void aTemplateMakesExamplesOfEveryFormat() throws IOException {
        String csv = "review,label,sentiment_id\nA lovely book.,1,a\nNo.,7,b\n";
        String json = "[{\"review\": \"A lovely book.\", \"label\": 1}, {\"review\": \"No.\", \"label\": 7}]";
        DataReadingBuilder reading = DataReadingBuilder.builder().template("sentiment").fields(List.of("text=review"));
        for (Taken taken : List.of(read("a.csv", csv, reading), read("a.json", json, reading))) {
            assertThat(taken.examples()).singleElement().satisfies(example -> {
                assertThat(example.input()).isEqualTo("A lovely book.");
                assertThat(example.output()).isEqualTo("positive");
            });
            assertThat(taken.reading().layouts()).isEqualTo(Map.of("sentiment", 1));
            assertThat(taken.rejects()).singleElement().satisfies(reject ->
                    assertThat(reject.violations().get(0).message()).contains("template sentiment"));
        }
        ByteArrayOutputStream folder = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(folder)) {
            zip.putNextEntry(new ZipEntry("a.csv"));
            zip.write(csv.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("b.json"));
            zip.write(json.getBytes(StandardCharsets.UTF_8));
        }
        ReadSettings settings = ReadSettings.of(reading.build(), Optional.of(TaskTemplates.bundled("sentiment")), 1);
        assertThat(Taken.of("a.zip", folder.toByteArray(), settings, scratch).examples()).hasSize(2);
        assertThatThrownBy(() -> ReadSettings.of(DataReadingBuilder.builder().template("sentiment").fields(List.of("output=x")).build(),
                        Optional.of(TaskTemplates.bundled("sentiment")), 1))
                .hasMessage("'output=x' maps no field; write it as instruction=prompt, with one of label, text on the left");
    }

    @Test
    void personalDataIsReplacedInExamplesAndInWhatIsRejected() throws IOException {
        Taken taken = read("a.jsonl", "{\"instruction\": \"Write to ann@example.org.\", \"output\": \"To ann@example.org?\"}\n"
                + "{\"instruction\": \"Call ann@example.org.\", \"output\": \"\"}\n", DataReadingBuilder.builder().mask(List.of("email")));

        assertThat(taken.said()).containsExactly("Write to <EMAIL>.||To <EMAIL>?");
        assertThat(taken.rejects().get(0).content()).contains("Call <EMAIL>.");
        assertThat(taken.reading().omissions().masked()).isEqualTo(Map.of("email", 4));
    }
}
