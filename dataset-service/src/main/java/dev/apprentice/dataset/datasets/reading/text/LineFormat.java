package dev.apprentice.dataset.datasets.reading.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.apprentice.contracts.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Tells JSON lines from other JSON. If objects span several lines, no line both begins with one and contains all of it. */
public final class LineFormat {

    private LineFormat() {}

    /** Examines the beginning of the bytes, without consuming it. */
    public static boolean isOneObjectALine(BufferedInputStream bytes, int lookedAt) throws IOException {
        bytes.mark(lookedAt);
        String beginning = new String(bytes.readNBytes(lookedAt), StandardCharsets.UTF_8);
        bytes.reset();
        String text = beginning.startsWith("\ufeff") ? beginning.substring(1) : beginning;
        if (text.stripLeading().startsWith("[")) {
            return false;
        }
        return text.lines().filter(line -> line.startsWith("{")).anyMatch(LineFormat::isWhole)
                || text.length() >= lookedAt / 2 && text.indexOf('\n') < 0;
    }

    private static boolean isWhole(String line) {
        try (JsonParser json = Json.MAPPER.createParser(line)) {
            json.nextToken();
            json.skipChildren();
            return json.currentToken() == JsonToken.END_OBJECT;
        } catch (IOException cutOff) {
            return false;
        }
    }
}
