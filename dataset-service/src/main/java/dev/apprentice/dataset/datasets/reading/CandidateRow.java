package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.layout.LabelledRow;
import dev.apprentice.dataset.datasets.reading.text.DataJson;
import java.io.IOException;

/**
 * An entry where not all are taken.
 *
 * @param file the name of its file
 * @param place among the entries of its file, from 0
 * @param line the line it begins on, from 1; 0 where the format has no lines
 * @param textsOnly whether its format has texts alone, as CSV has
 * @param entry as it came
 */
public record CandidateRow(String file, int place, int line, boolean textsOnly, JsonNode entry) {

    /** With numbers where texts would be written so. */
    public JsonNode typed() {
        return textsOnly ? LabelledRow.typed(entry) : entry;
    }

    /** One that was written as JSON, with its numbers as they were written. */
    public static CandidateRow read(String json) throws IOException {
        JsonNode row = DataJson.read(json);
        return new CandidateRow(row.path("file").textValue(), row.path("place").intValue(), row.path("line").intValue(),
                row.path("textsOnly").booleanValue(), row.path("entry"));
    }

    /** Keeps rows until it is known which are taken. */
    public interface Sink {

        void add(CandidateRow row) throws IOException;
    }
}
