package dev.apprentice.dataset.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.dataset.datasets.reading.text.DataJson;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a Parquet file whose values DuckDB's JSON would change.
 *
 * <pre>
 * bytes           text where they are UTF-8, as some writers do not mark their text; else {"bytes": their number}, of which nothing is learned
 * FLOAT           0.1, the shortest that reads as it, not 0.10000000149011612
 * DECIMAL(10, 2)  1.10, with the digits that its type says, not 1.1
 * </pre>
 */
final class ParquetColumns {

    private final String table;
    private final List<String> decimals;

    private ParquetColumns(String table, List<String> decimals) {
        this.table = table;
        this.decimals = decimals;
    }

    static ParquetColumns of(Statement statement, String table) throws SQLException {
        List<String> replaced = new ArrayList<>();
        List<String> decimals = new ArrayList<>();
        try (ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + table)) {
            while (columns.next()) {
                String name = columns.getString("column_name");
                String quoted = '"' + name.replace("\"", "\"\"") + '"';
                String type = columns.getString("column_type");
                if (type.equals("BLOB")) {
                    replaced.add("CASE WHEN " + quoted + " IS NOT NULL THEN coalesce(to_json(try(decode(" + quoted + "))), to_json({bytes:"
                            + " octet_length(" + quoted + ")})) END AS " + quoted);
                } else if (type.equals("FLOAT")) {
                    replaced.add(quoted + "::VARCHAR::DOUBLE AS " + quoted);
                } else if (type.matches("DECIMAL\\(\\d+,\\d+\\)")) {
                    replaced.add(quoted + "::VARCHAR AS " + quoted);
                    decimals.add(name);
                }
            }
        }
        return new ParquetColumns(
                replaced.isEmpty() ? table : "(SELECT * REPLACE (" + String.join(", ", replaced) + ") FROM " + table + ")", decimals);
    }

    /** Returns the table or subquery to select rows from. */
    String table() {
        return table;
    }

    /** Returns a selected row, with decimals as numbers with all their digits; DuckDB's JSON would shorten them. */
    JsonNode read(JsonNode row) throws IOException {
        for (String name : decimals) {
            if (row.path(name).isTextual()) {
                ((ObjectNode) row).set(name, DataJson.read(row.path(name).textValue()));
            }
        }
        return row;
    }
}
