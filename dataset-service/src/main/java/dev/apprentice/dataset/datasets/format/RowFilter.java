package dev.apprentice.dataset.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An SQL expression over the fields of rows, in DuckDB's dialect. It must be a single deterministic expression. It can read one
 * file only, and its time and memory are bounded.
 */
final class RowFilter {

    private static final int LONGEST = 2_000;
    private static final int SECONDS = 60;
    private static final int LONGEST_ROW = 64 << 20;

    /** Functions that are not deterministic, wait, or read something other than the row. */
    private static final Pattern REFUSED = Pattern.compile("(?i)random|setseed|.*uuid.*|nextval|currval|setval|write_log|.*sleep.*"
            + "|current_.*|getvariable|getenv|now|today|get_current_.*|transaction_timestamp|pg_.*|txid_.*");

    private static final Pattern UNKNOWN_FIELD = Pattern.compile("Referenced column (\"[^\"]*\") not found");

    /** Number of existing fields that an error message lists. */
    private static final int FIELDS_SHOWN = 20;

    private final String expression;

    RowFilter(String expression) {
        this.expression = expression;
    }

    /** Thrown if a filter cannot be used. The message is a sentence. */
    static final class InvalidFilterException extends Exception {

        private static final long serialVersionUID = 1;

        InvalidFilterException(String message) {
            super(message);
        }
    }

    /**
     * Returns the places of rows for which the expression is true.
     *
     * @param file a line {@code {"place": 0, "row": {…}}} for each row
     */
    BitSet passing(Path file) throws IOException, InvalidFilterException {
        if (expression.length() > LONGEST) {
            throw invalid("it has more than %,d characters".formatted(LONGEST));
        }
        try (Connection duckdb = Tables.open(file); Statement statement = duckdb.createStatement()) {
            requireExpression(duckdb);
            statement.setQueryTimeout(SECONDS);
            BitSet passing = new BitSet();
            try (ResultSet places = statement.executeQuery("SELECT \"place of row\" FROM (SELECT place AS \"place of row\", \"row\".* FROM "
                    + rows(file) + ") WHERE (" + expression + "\n)")) {
                while (places.next()) {
                    passing.set((int) places.getLong(1));
                }
            }
            return passing;
        } catch (SQLException e) {
            throw invalid(String.valueOf(e.getMessage()).startsWith("INTERRUPT")
                    ? "it takes longer than " + SECONDS + " s" : reason(e, file));
        }
    }

    private static String rows(Path file) {
        return "read_json(" + Tables.literal(file)
                + ", format='newline_delimited', sample_size=-1, map_inference_threshold=-1, maximum_object_size=" + LONGEST_ROW + ")";
    }

    /** Returns DuckDB's message, or for an unknown field one that lists the rows' fields. */
    private static String reason(SQLException e, Path file) throws IOException {
        Matcher unknown = UNKNOWN_FIELD.matcher(String.valueOf(e.getMessage()));
        return unknown.find() ? "no row has a field " + unknown.group(1) + "; there are " + fields(file) : Tables.sentence(e);
    }

    private static String fields(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        try (Connection duckdb = Tables.open(file);
                Statement statement = duckdb.createStatement();
                ResultSet fields = statement.executeQuery(
                        "SELECT column_name FROM (DESCRIBE SELECT \"row\".* FROM " + rows(file) + ")")) {
            while (fields.next()) {
                names.add(fields.getString(1));
            }
        } catch (SQLException e) {
            throw new IOException("the rows' fields cannot be read: " + Tables.sentence(e), e);
        }
        return names.stream().limit(FIELDS_SHOWN).collect(Collectors.joining(", "))
                + (names.size() > FIELDS_SHOWN ? " and %,d more".formatted(names.size() - FIELDS_SHOWN) : "");
    }

    /** Fails unless DuckDB's own parser finds a single harmless expression. */
    private void requireExpression(Connection duckdb) throws SQLException, IOException, InvalidFilterException {
        try (PreparedStatement parse = duckdb.prepareStatement("SELECT json_serialize_sql(?)")) {
            parse.setString(1, "SELECT 1 FROM rows WHERE (" + expression + "\n)");
            try (ResultSet parsed = parse.executeQuery()) {
                parsed.next();
                JsonNode said = Json.MAPPER.readTree(parsed.getString(1));
                JsonNode node = said.path("statements").path(0).path("node");
                if (said.path("error").asBoolean() && said.path("error_type").asText().equals("parser")) {
                    throw invalid(Tables.firstLine(said.path("error_message").asText()));
                }
                if (said.path("statements").size() != 1 || !isPlain(node)) {
                    throw invalid("it is not one expression");
                }
                requireHarmless(node.path("where_clause"));
            }
        }
    }

    private static boolean isPlain(JsonNode node) {
        return node.path("type").asText().equals("SELECT_NODE")
                && node.path("from_table").path("type").asText().equals("BASE_TABLE")
                && node.path("modifiers").isEmpty()
                && node.path("group_expressions").isEmpty()
                && node.path("having").isNull() && node.path("sample").isNull() && node.path("qualify").isNull();
    }

    private void requireHarmless(JsonNode part) throws InvalidFilterException {
        if (part.path("class").asText().equals("SUBQUERY")) {
            throw invalid("it contains a query; use only the row's fields");
        }
        String function = part.path("function_name").asText();
        if (REFUSED.matcher(function).matches()) {
            throw invalid("it calls " + function + ", which is not allowed; use only the row's fields");
        }
        for (JsonNode each : part) {
            requireHarmless(each);
        }
    }

    private InvalidFilterException invalid(String why) {
        return new InvalidFilterException("The filter " + expression.substring(0, Math.min(expression.length(), LONGEST))
                + " cannot be used: " + why.replaceFirst("[.]$", "") + "; write an SQL expression over the fields, such as length(output) > 20.");
    }
}
