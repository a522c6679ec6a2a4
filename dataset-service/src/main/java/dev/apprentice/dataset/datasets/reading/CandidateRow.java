package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.layout.LabelledRow;
import dev.apprentice.dataset.datasets.reading.text.DataJson;
import java.io.IOException;

/**
 * An entry that a filter or a sample may leave out.
 *
 * @param file the name of its file
 * @param place among the entries of its file, from 0
 * @param line the line it begins on, from 1; 0 if the format has no lines
 * @param textsOnly whether its format has only texts, as CSV does
 * @param entry as it came
 */
public record CandidateRow(String file, int place, int line, boolean textsOnly, JsonNode entry) {

    /** Returns the entry, with numbers instead of the texts that are written exactly like them. */
    public JsonNode typed() {
        return textsOnly ? LabelledRow.typed(entry) : entry;
    }

    /** Parses a row that was written as JSON; its numbers keep their notation. */
    public static CandidateRow read(String json) throws IOException {
        JsonNode row = DataJson.read(json);
        return new CandidateRow(row.path("file").textValue(), row.path("place").intValue(), row.path("line").intValue(),
                row.path("textsOnly").booleanValue(), row.path("entry"));
    }

    /** Stores rows until the selection is known. */
    public interface Sink {

        void add(CandidateRow row) throws IOException;
    }
}
