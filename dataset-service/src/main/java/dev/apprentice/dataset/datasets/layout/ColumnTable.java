package dev.apprentice.dataset.datasets.layout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/**
 * A table written column by column, as one object that contains all rows.
 *
 * <pre>
 * {"instruction": {"0": "Sing.", "1": "Hum."}, "output": {"0": "La.", "1": "Mm."}}            pandas' to_json without an orient
 * {"columns": ["instruction", "output"], "index": [0], "data": [["Sing.", "La."]]}            orient="split"
 * {"instruction": ["Sing.", "Hum."], "output": ["La.", "Mm."]}                                a dictionary of lists
 * </pre>
 *
 * @see <a href="https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.to_json.html">DataFrame.to_json</a>
 */
public final class ColumnTable {

    private ColumnTable() {}

    /** Tells whether an entry is such an object. */
    public static boolean is(JsonNode object) {
        if (!object.isObject() || object.isEmpty()) {
            return false;
        }
        if (object.path("columns").isArray() && object.path("data").path(0).isArray()) {
            return true;
        }
        for (JsonNode column : object) {
            if (column.isEmpty() || !isByPlace(column) && !isPlainList(column)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isByPlace(JsonNode column) {
        for (Iterator<String> places = column.fieldNames(); places.hasNext(); ) {
            if (!places.next().matches("\\d+")) {
                return false;
            }
        }
        return column.isObject();
    }

    private static boolean isPlainList(JsonNode column) {
        for (JsonNode cell : column) {
            if (cell.isContainerNode()) {
                return false;
            }
        }
        return column.isArray();
    }
}
