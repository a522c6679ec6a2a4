package dev.apprentice.dataset.datasets.reading;

import dev.apprentice.dataset.datasets.reading.outcome.UnreadableFileException;
import dev.apprentice.dataset.datasets.reading.text.LineFormat;
import dev.apprentice.dataset.datasets.reading.text.Lines;
import dev.apprentice.dataset.datasets.reading.text.StrictUtf8;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the entries of a JSON array, of JSON lines, or of consecutive JSON objects.
 *
 * <p>In JSON lines, a line that is not JSON is refused by itself, except in strict mode. Otherwise reading ends where the text
 * stops being JSON or UTF-8, since nothing is known about the rest.
 */
final class JsonData {

    /** How many bytes are examined to tell JSON lines from objects that span several lines. */
    private static final int LOOKED_AT = 1 << 16;

    private final ExampleReader into;
    private final int longestLine;

    /** @param longestLine the largest number of bytes of a line */
    JsonData(ExampleReader into, int longestLine) {
        this.into = into;
        this.longestLine = longestLine;
    }

    /** Reads all entries. @throws UnreadableFileException where the data stops being JSON or UTF-8 */
    void read(InputStream bytes) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(bytes, LOOKED_AT);
        if (!into.settings().strict() && LineFormat.isOneObjectALine(buffered, LOOKED_AT)) {
            new JsonLines(into).read(new Lines(buffered, longestLine));
            return;
        }
        buffered.mark(LOOKED_AT);
        boolean isArray = JsonArray.begins(buffered.readNBytes(LOOKED_AT));
        buffered.reset();
        InputStream utf8 = new StrictUtf8(buffered);
        try {
            if (isArray) {
                new JsonArray(into, longestLine).read(utf8);
            } else {
                new JsonEntries(into, false).read(utf8);
            }
        } catch (StrictUtf8.InvalidException e) {
            throw into.unreadable(e.reason());
        }
    }
}
