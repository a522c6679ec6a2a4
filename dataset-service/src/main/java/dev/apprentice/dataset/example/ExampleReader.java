package dev.apprentice.dataset.example;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads examples as people have them: a JSON array of objects, or JSON lines (one object after the other).
 *
 * <p>One entry is in memory at a time. Reading goes on behind an entry that cannot be used, so that all of them are
 * named at once; it ends where the text stops being JSON or UTF-8.
 */
public final class ExampleReader {

    private static final String EXPECTED =
            "send a JSON array or JSON lines of objects with 'instruction', 'output' and optionally 'input' and 'id'";

    private final EntryCheck check = new EntryCheck();
    private final ExampleSink sink;
    private int entries;

    private ExampleReader(ExampleSink sink) {
        this.sink = sink;
    }

    /**
     * Reads until the end, handing every example on as it comes.
     *
     * @throws InvalidDatasetException if there is anything wrong with the data; what the sink got until then is void
     * @throws IOException if the bytes cannot be had or the sink fails
     */
    public static void read(InputStream bytes, ExampleSink sink) throws IOException {
        new ExampleReader(sink).readAll(bytes);
    }

    private void readAll(InputStream bytes) throws IOException {
        try (Reader text = new InputStreamReader(new StrictUtf8(bytes), StandardCharsets.UTF_8);
                JsonParser json = Json.MAPPER.createParser(new WithoutMark(text))) {
            readEntries(json);
        } catch (StrictUtf8.InvalidException e) {
            throw invalid("The data is not UTF-8: it " + e.getMessage() + "; save it as UTF-8 and send it again.");
        } catch (JsonProcessingException e) {
            throw invalid("The data is not JSON at line %d, column %d: %s; nothing was stored.".formatted(
                    e.getLocation().getLineNr(), e.getLocation().getColumnNr(), reason(e)));
        }
        if (check.violationCount() > 0) {
            throw invalid("%d of %d entries cannot be used; nothing was stored.".formatted(
                    check.refusedEntries(), entries));
        }
        if (entries == 0) {
            throw invalid("The data holds no entries; " + EXPECTED + ".");
        }
    }

    private void readEntries(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first == null) {
            throw invalid("The data is empty; " + EXPECTED + ".");
        }
        if (first != JsonToken.START_ARRAY) {
            for (JsonToken token = first; token != null; token = json.nextToken()) {
                readEntry(json);
            }
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            readEntry(json);
        }
        if (json.nextToken() != null) {
            throw new TrailingException(json);
        }
    }

    private void readEntry(JsonParser json) throws IOException {
        int line = json.currentTokenLocation().getLineNr();
        JsonNode entry = json.readValueAsTree();
        Optional<Example> example = check.check(entries++, line, entry);
        if (example.isPresent() && check.violationCount() == 0) {
            sink.add(example.get());
        }
    }

    private InvalidDatasetException invalid(String message) {
        return new InvalidDatasetException(
                message, check.violations(), check.violationCount(), check.refusedEntries());
    }

    /** Jackson's own words without the name it has for the source. */
    private static String reason(JsonProcessingException e) {
        return e.getOriginalMessage()
                .replaceAll("\\(start marker at \\[Source: .*?; line: (\\d+), column: (\\d+)\\]\\)", "(begun at line $1, column $2)");
    }

    /** Something follows the array. */
    private static final class TrailingException extends JsonProcessingException {

        TrailingException(JsonParser json) {
            super("there is more behind the end of the array", json.currentTokenLocation());
        }
    }
}
