package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.layout.FaqPage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The entries of a JSON array, of JSON lines, or of JSON objects one after the other.
 *
 * <p>Of lines, one that is no JSON is refused alone. Reading ends where an array stops being JSON or UTF-8: nothing is known of
 * what stands behind.
 */
final class JsonData {

    /** So much is looked at to tell lines that are an object each from objects that go over several lines. */
    private static final int LOOKED_AT = 1 << 16;

    private final ExampleReader into;
    private final int longestLine;
    private boolean isArray;

    /** @param longestLine bytes that are taken of a line */
    JsonData(ExampleReader into, int longestLine) {
        this.into = into;
        this.longestLine = longestLine;
    }

    /** Reads all of it. @throws InvalidDatasetException where it stops being JSON or UTF-8 */
    void read(InputStream bytes) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(bytes, LOOKED_AT);
        if (!into.settings().strict() && LineFormat.isOneObjectALine(buffered, LOOKED_AT)) {
            readLines(new Lines(buffered, longestLine));
            return;
        }
        try (Reader text = new InputStreamReader(new StrictUtf8(buffered), StandardCharsets.UTF_8);
                JsonParser json = Json.MAPPER.createParser(new WithoutMark(text))) {
            json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            readOrSayWhere(json);
        } catch (StrictUtf8.InvalidException e) {
            throw into.invalid(named("The data") + " is not UTF-8: it " + e.getMessage() + "; save it as UTF-8 and send it again.");
        }
    }

    private String named(String data) {
        return into.file().isEmpty() ? data : data + " of " + into.file();
    }

    private void readLines(Lines lines) throws IOException {
        for (Optional<Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (!line.get().isBlank()) {
                readLine(line.get(), (int) Math.min(line.get().number(), Integer.MAX_VALUE));
            }
        }
    }

    private void readLine(Lines.Line line, int number) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.content())).toString();
        } catch (CharacterCodingException e) {
            into.refuse(number, "is not UTF-8", new String(line.content(), StandardCharsets.ISO_8859_1));
            return;
        }
        if (line.length() > line.content().length) {
            into.refuse(number, "is %,d bytes long; at most %,d are taken".formatted(line.length(), line.content().length), text);
            return;
        }
        try (JsonParser json = Json.MAPPER.createParser(text)) {
            json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            try {
                while (json.nextToken() != null) {
                    into.add(number, json.readValueAsTree());
                }
            } catch (JsonProcessingException e) {
                JsonFault fault = JsonFault.of(e, json);
                String what = e instanceof StreamConstraintsException ? "cannot be read" : "is not JSON";
                into.refuse(number, what + " at column " + fault.at().getColumnNr() + ": " + fault.reason(), text);
            }
        }
    }

    private void readOrSayWhere(JsonParser json) throws IOException {
        try {
            readEntries(json);
        } catch (JsonProcessingException e) {
            JsonFault fault = JsonFault.of(e, json);
            String what = named("The data") + (e instanceof StreamConstraintsException ? " cannot be read" : " is not JSON");
            String place = what + " at line " + fault.at().getLineNr() + ", column " + fault.at().getColumnNr()
                    + (isArray ? ", entry [" + (into.entry() + 1) + "]" : "");
            String end = "; nothing was stored." + (into.entry() < 0 && !isArray ? " Other kinds are CSV (.csv, .tsv), Markdown (.md) and Parquet;"
                    + " plain text goes as {\"text\": \"…\"} a line." : "");
            throw into.invalid(place + ": " + fault.reason() + end, place + end);
        }
    }

    private void readEntries(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first == null) {
            throw into.invalid(named("The data") + " is empty; " + ExampleReader.EXPECTED + ".");
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
        if (FaqPage.is(entry)) {
            for (JsonNode question : FaqPage.entries(entry)) {
                into.add(line, question);
            }
        } else {
            into.add(line, entry);
        }
    }

    /** Something follows the array. */
    private static final class TrailingException extends JsonProcessingException {

        TrailingException(JsonParser json) {
            super("there is more behind the end of the array", json.currentTokenLocation());
        }
    }
}
