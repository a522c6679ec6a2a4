package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.reading.outcome.UnreadableFileException;
import dev.apprentice.dataset.datasets.reading.text.DataJson;
import dev.apprentice.dataset.datasets.reading.text.JsonFault;
import dev.apprentice.dataset.datasets.reading.text.WithoutMark;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Reads the entries of a JSON array, or of consecutive JSON values, up to where the text stops being JSON. */
final class JsonEntries {

    private final ExampleReader into;
    private final boolean isContinued;
    private boolean isArray;

    /** @param isContinued whether the text is an array whose first element replaces those that have been read */
    JsonEntries(ExampleReader into, boolean isContinued) {
        this.into = into;
        this.isContinued = isContinued;
    }

    /** Reads all entries. @throws UnreadableFileException where the text stops being JSON */
    void read(InputStream utf8) throws IOException {
        try (Reader text = new InputStreamReader(utf8, StandardCharsets.UTF_8);
                JsonParser json = Json.MAPPER.createParser(new WithoutMark(text))) {
            DataJson.prepare(json);
            try {
                readEntries(json);
            } catch (JsonProcessingException e) {
                throw unreadable(JsonFault.of(e, json));
            }
        }
    }

    private UnreadableFileException unreadable(JsonFault fault) {
        String place = fault.what() + " at line " + fault.at().getLineNr() + ", column " + fault.at().getColumnNr()
                + (isArray ? ", entry [" + (into.entry() + 1) + "]" : "");
        String kinds = into.entry() < 0 && !isArray ? " Other kinds are CSV (.csv, .tsv), Markdown (.md) and Parquet;"
                + " plain text goes as {\"text\": \"…\"} a line." : "";
        return into.unreadable(fault.at().getLineNr(), place + ": " + fault.reason(), place, kinds);
    }

    private void readEntries(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first == null) {
            throw into.unreadable("is empty; " + Verdict.EXPECTED);
        }
        if (first != JsonToken.START_ARRAY) {
            for (JsonToken token = first; token != null; token = json.nextToken()) {
                readEntry(json);
            }
            return;
        }
        isArray = true;
        if (isContinued) {
            json.nextToken();
        }
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
        for (JsonEntry entry : JsonEntry.of(line, DataJson.value(json), into)) {
            into.add(entry);
        }
    }

    /** Thrown if something follows the array. */
    private static final class TrailingException extends JsonProcessingException {

        TrailingException(JsonParser json) {
            super("something follows the end of the array", json.currentTokenLocation());
        }
    }
}
