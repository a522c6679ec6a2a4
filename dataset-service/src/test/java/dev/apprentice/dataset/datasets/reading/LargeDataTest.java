package dev.apprentice.dataset.datasets.reading;

import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import dev.apprentice.dataset.datasets.reading.outcome.ReadingResult;
import dev.apprentice.dataset.datasets.reading.outcome.Reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.table.Scratch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests data of several pieces, which are read in parallel. */
class LargeDataTest {

    private static final int ENTRIES = 3_000;
    private static final String HARD = "\\\"}, {\\\" [1, 2], \\\\ é 🎵 \\u00e9 ";

    @Test
    void anArrayInManyPiecesIsReadInItsOrderWithTheLinesOfItsEntries() throws IOException {
        List<Example> examples = new ArrayList<>();
        List<Reject> rejects = new ArrayList<>();
        StringBuilder text = new StringBuilder("\ufeff\r\n [");
        for (int i = 0; i < ENTRIES; i++) {
            text.append(i == 0 ? "" : ",").append(i % 3 == 0 ? "\r\n" : i % 3 == 1 ? "\r" : " ");
            text.append(i % 1_000 == 7 ? "{\"instruction\": \"no answer\",\n \"extra\": [[{}]]}" : entry(i));
        }
        String all = text.append("\n]\n").toString();
        ReadingResult reading = read(all, examples, rejects);

        assertThat(examples).extracting(Example::id)
                .isEqualTo(IntStream.range(0, ENTRIES).filter(i -> i % 1_000 != 7).mapToObj(i -> "e" + i).toList());
        assertThat(examples).extracting(Example::output).allMatch(output -> output.equals("\"}, {\" [1, 2], \\ é 🎵 é "));
        assertThat(reading.rejected()).isEqualTo(3);
        assertThat(rejects).extracting(reject -> reject.violations().get(0).entry()).containsExactly(7, 1_007, 2_007);
        assertThat(rejects).extracting(reject -> reject.violations().get(0).line())
                .isEqualTo(IntStream.range(0, 3).mapToObj(i -> lineOf(all, nth(all, "{\"instruction\": \"no answer\"", i))).toList());
    }

    @Test
    void whereAnArrayStopsBeingJsonIsSaidAsByOneParser() {
        String whole = "[" + String.join(",\n", IntStream.range(0, ENTRIES).mapToObj(LargeDataTest::entry).toList()) + "]";
        String oneLine = whole.replace("\n", "");
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            String sound = i % 2 == 0 ? whole : oneLine;
            int at = random.nextInt(sound.length());
            String damage = List.of("]", "}", "\"", ",", "x", "[{", "\u0001", "").get(i % 8);
            String text = sound.substring(0, at) + damage + sound.substring(damage.isEmpty() ? sound.length() : at + 1);
            Optional<JsonLocation> fault = fault(text);
            InvalidDatasetException refusal = catchThrowableOfType(InvalidDatasetException.class,
                    () -> read(text, new ArrayList<>(), new ArrayList<>()));
            if (fault.isEmpty()) {
                assertThat(refusal).as("%s at %d", damage, at).isNull();
            } else {
                assertThat(refusal).as("%s at %d", damage, at).hasMessageContaining(
                        " at line " + fault.get().getLineNr() + ", column " + fault.get().getColumnNr());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"]]", "}", "} ]", "", "] ]", "]x", "]}", ",]", "] {}", ",,]", "]\n[]\n"})
    void whatEndsAnArrayAmissIsSaidAsByOneParser(String ending) {
        for (int entries : new int[] {1, ENTRIES}) {
            String text = "[" + String.join(",\n", IntStream.range(0, entries).mapToObj(LargeDataTest::entry).toList()) + ending;
            JsonLocation fault = fault(text).orElseThrow();
            assertThat(catchThrowableOfType(InvalidDatasetException.class, () -> read(text, new ArrayList<>(), new ArrayList<>())))
                    .hasMessageContaining(" at line " + fault.getLineNr() + ", column " + fault.getColumnNr());
        }
    }

    @Test
    void anEntryThatIsLongerThanAnyPieceAndValuesThatAreNoObjectsAreRead() throws IOException {
        String numbers = String.join(",", IntStream.range(0, 200_000).mapToObj(Integer::toString).toList());
        String text = "[" + entry(0) + "," + numbers + ", {\"instruction\": \"" + "x".repeat(3_000_000) + "\", \"output\": \"y\"}," + entry(1) + "]";
        List<Example> examples = new ArrayList<>();
        ReadingResult reading = read(text, examples, new ArrayList<>());
        assertThat(examples).extracting(Example::id).containsExactly("e0", "e1");
        assertThat(reading.rejected()).isEqualTo(200_001);
    }

    @Test
    void whatIsNoUtf8BehindSomePiecesIsSaidWithItsOffset() {
        byte[] bytes = ("[" + String.join(",", IntStream.range(0, ENTRIES).mapToObj(LargeDataTest::entry).toList()) + "]")
                .getBytes(StandardCharsets.UTF_8);
        bytes[400_000] = (byte) 0xff;
        assertThat(catchThrowableOfType(InvalidDatasetException.class,
                () -> reader(new ArrayList<>(), new ArrayList<>()).readJson(new ByteArrayInputStream(bytes))))
                .hasMessageContaining("is not UTF-8: it has the byte 0xff at offset 400000");
    }

    @Test
    void manyLinesAreReadInTheirOrderAndBadOnesRefusedByTheirNumbers() throws IOException {
        StringBuilder text = new StringBuilder("\ufeff");
        for (int i = 0; i < ENTRIES; i++) {
            text.append(i % 1_000 == 7 ? "{oops}" : entry(i)).append(i % 2 == 0 ? "\r\n\n" : "\n");
        }
        List<Example> examples = new ArrayList<>();
        List<Reject> rejects = new ArrayList<>();
        read(text.toString(), examples, rejects);
        assertThat(examples).extracting(Example::id)
                .isEqualTo(IntStream.range(0, ENTRIES).filter(i -> i % 1_000 != 7).mapToObj(i -> "e" + i).toList());
        assertThat(rejects).extracting(reject -> reject.violations().get(0).line()).containsExactly(12, 1_512, 3_012);
        assertThat(rejects.get(0).violations().get(0).message()).startsWith("is not JSON at column 2: ");
    }

    @Test
    void aLineThatIsTooLongIsRefusedAsSuchWhereverItIsCutAndHoweverItBegins() throws IOException {
        List<Reject> rejects = new ArrayList<>();
        List<Example> examples = new ArrayList<>();
        List<String> tooLong = List.of("é".repeat(1_000_001), "x" + "é".repeat(1_000_001), " ".repeat(2_000_000) + entry(7));
        read(entry(0) + "\n" + String.join("\n", tooLong) + "\n" + " ".repeat(100) + "\n" + entry(1), examples, rejects);
        assertThat(examples).extracting(Example::id).containsExactly("e0", "e1");
        assertThat(rejects).extracting(reject -> reject.violations().get(0).message()).containsExactlyElementsOf(tooLong.stream()
                .map(line -> "is %,d bytes long; the limit is 2,000,000".formatted(line.getBytes(StandardCharsets.UTF_8).length)).toList());
    }

    private static String entry(int i) {
        return "{\"id\": \"e" + i + "\", \"instruction\": \"Say " + i + ".\", \"input\": \"" + "a b ".repeat(i % 40) + "\", \"output\": \"" + HARD
                + "\"}";
    }

    private static int nth(String text, String sought, int n) {
        int at = text.indexOf(sought);
        for (int i = 0; i < n; i++) {
            at = text.indexOf(sought, at + 1);
        }
        return at;
    }

    private static int lineOf(String text, int at) {
        return 1 + (int) text.substring(0, at).replace("\r\n", "\n").replace('\r', '\n').chars().filter(one -> one == '\n').count();
    }

    private static Optional<JsonLocation> fault(String text) {
        try (JsonParser json = Json.MAPPER.createParser(text)) {
            json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            json.readValueAsTree();
            return json.nextToken() == null ? Optional.empty() : Optional.of(json.currentTokenLocation());
        } catch (JsonProcessingException e) {
            return Optional.of(e.getLocation());
        } catch (IOException e) {
            throw new IllegalStateException("text in memory can be read", e);
        }
    }

    private static ReadingResult read(String text, List<Example> examples, List<Reject> rejects) throws IOException {
        ExampleReader reader = reader(examples, rejects);
        reader.readJson(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return reader.finish();
    }

    private static ExampleReader reader(List<Example> examples, List<Reject> rejects) {
        return new ExampleReader(new ExampleSize(1_000_000), ReadSettings.USUAL, Scratch.ofTheSystem(), examples::add, rejects::add);
    }
}
