package dev.apprentice.dataset.datasets.example;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
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

    private final EntryCheck check;
    private final ExampleSink sink;
    private boolean isArray;
    private int entries;

    private ExampleReader(ExampleSize size, ExampleSink sink) {
        this.check = new EntryCheck(size);
        this.sink = sink;
    }

    /**
     * Reads until the end, handing every example on as it comes.
     *
     * @return what the entries say beside what is learned
     * @throws InvalidDatasetException if there is anything wrong with the data; what the sink got until then is void
     * @throws IOException if the bytes cannot be had or the sink fails
     */
    public static IgnoredFields read(InputStream bytes, ExampleSize size, ExampleSink sink) throws IOException {
        ExampleReader reader = new ExampleReader(size, sink);
        reader.readAll(bytes);
        return reader.check.ignored();
    }

    private void readAll(InputStream bytes) throws IOException {
        try (Reader text = new InputStreamReader(new StrictUtf8(bytes), StandardCharsets.UTF_8);
                JsonParser json = Json.MAPPER.createParser(new WithoutMark(text))) {
            json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            readOrSayWhere(json);
        } catch (StrictUtf8.InvalidException e) {
            throw invalid("The data is not UTF-8: it " + e.getMessage() + "; save it as UTF-8 and send it again.");
        }
        if (check.violationCount() > 0) {
            throw invalid("%d of %d entries cannot be used; nothing was stored.".formatted(
                    check.refusedEntries(), entries));
        }
        if (entries == 0) {
            throw invalid("The data holds no entries; " + EXPECTED + ".");
        }
    }

    private void readOrSayWhere(JsonParser json) throws IOException {
        try {
            readEntries(json);
        } catch (JsonProcessingException e) {
            JsonFault fault = JsonFault.of(e, json);
            String what = e instanceof StreamConstraintsException ? "The data cannot be read" : "The data is not JSON";
            String place = what + " at line " + fault.at().getLineNr() + ", column " + fault.at().getColumnNr()
                    + (isArray ? ", entry [" + entries + "]" : "");
            throw invalid(place + ": " + fault.reason() + "; nothing was stored.", place + "; nothing was stored.");
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
        isArray = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            readEntry(json);
        }
        isArray = false;
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
        return invalid(message, message);
    }

    private InvalidDatasetException invalid(String message, String unquoted) {
        return new InvalidDatasetException(
                message, unquoted, check.violations(), check.violationCount(), check.refusedEntries());
    }

    /** Something follows the array. */
    private static final class TrailingException extends JsonProcessingException {

        TrailingException(JsonParser json) {
            super("there is more behind the end of the array", json.currentTokenLocation());
        }
    }
}
