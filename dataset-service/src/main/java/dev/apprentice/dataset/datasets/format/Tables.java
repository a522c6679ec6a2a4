package dev.apprentice.dataset.datasets.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/**
 * Reads tables, CSV and Parquet, by an embedded DuckDB that can reach one file and nothing else: no network, no extensions, no
 * other file, a bounded memory. Rows come one after the other, however many there are.
 *
 * <p>Its native library is loaded when the first table is read, which takes 0.9 s of a core's time and 61 MB in the folder for
 * temporary files; a service that gets JSON only never loads it.
 *
 * @see <a href="https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview">Securing DuckDB</a>
 */
final class Tables {

    private static final String MEMORY = "256MB";
    private static final int LONGEST_LINE = 16 << 20;
    private static final String SEPARATORS = "\t,;|";

    private Tables() {}

    /** @param file of this service's own naming */
    static void readParquet(Path file, ExampleReader into) throws IOException {
        try (Connection duckdb = open(file); Statement statement = duckdb.createStatement()) {
            readRows(statement, "read_parquet(" + literal(file) + ")", into);
        } catch (SQLException e) {
            throw into.invalid(named(into) + " is no Parquet file that can be read: " + sentence(e) + "; nothing was stored.");
        }
    }

    /** The first line names the fields. Rows that cannot be read are left out, each with its line. */
    static void readCsv(Path file, ExampleReader into) throws IOException {
        try (Connection duckdb = open(file); Statement statement = duckdb.createStatement()) {
            into.hasTextsOnly();
            readRows(statement, "read_csv(" + literal(file) + ", delim=" + literal(String.valueOf(separator(file)))
                    + ", quote='\"', escape='\"', header=true, all_varchar=true, store_rejects=true, rejects_limit=0, max_line_size="
                    + LONGEST_LINE + ")", into);
            readRejects(statement, into);
        } catch (SQLException e) {
            throw into.invalid(named(into) + " is no table that can be read: " + sentence(e)
                    + "; save it as CSV in UTF-8 with a line of names at its top. Nothing was stored.");
        }
    }

    /** Takes rows in their order. */
    interface RowSink {

        void add(JsonNode row) throws IOException;
    }

    /** Reads lines of {@code {thread, sent, n, role, content}} in the order of thread, time and number. */
    static void readSorted(Path file, ExampleReader into, RowSink sink) throws IOException {
        try (Connection duckdb = open(file); Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery("SELECT to_json(entry)::VARCHAR FROM (SELECT * FROM read_json(" + literal(file)
                        + ", format='newline_delimited', maximum_object_size=" + LONGEST_LINE + ", columns={thread: 'VARCHAR',"
                        + " sent: 'VARCHAR', n: 'BIGINT', role: 'VARCHAR', content: 'VARCHAR'}) ORDER BY thread, sent, n) entry")) {
            while (rows.next()) {
                sink.add(Json.MAPPER.readTree(rows.getString(1)));
            }
        } catch (SQLException e) {
            throw into.invalid("The messages cannot be put into threads: " + sentence(e) + "; nothing was stored.");
        }
    }

    private static void readRows(Statement statement, String table, ExampleReader into) throws SQLException, IOException {
        try (ResultSet rows = statement.executeQuery("SELECT to_json(entry)::VARCHAR FROM " + table + " entry")) {
            while (rows.next()) {
                into.add(0, Json.MAPPER.readTree(rows.getString(1)));
            }
        } catch (JsonProcessingException e) {
            throw into.invalid(named(into) + " has a row that cannot be read: " + e.getOriginalMessage() + "; nothing was stored.");
        }
    }

    private static void readRejects(Statement statement, ExampleReader into) throws SQLException, IOException {
        try (ResultSet rejects = statement.executeQuery("SELECT line, first(error_message), first(coalesce(csv_line, ''))"
                + " FROM reject_errors GROUP BY line ORDER BY line")) {
            while (rejects.next()) {
                into.refuse((int) rejects.getLong(1), reason(rejects.getString(2)), rejects.getString(3));
            }
        }
    }

    private static String reason(String error) {
        return error.startsWith("Invalid unicode")
                ? "is not UTF-8; save the table as UTF-8, or name its encoding with 'encoding' (--encoding), such as windows-1252"
                : "is no row of the table: " + firstLine(error);
    }

    /** A connection whose settings cannot be changed any more. */
    static Connection open(Path file) throws SQLException, IOException {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
        UnpackedLibrary.remove();
        try (Statement statement = connection.createStatement()) {
            for (String setting : new String[] {
                "autoinstall_known_extensions=false",
                "autoload_known_extensions=false",
                "memory_limit='" + MEMORY + "'",
                "threads=1",
                "temp_directory=" + literal(file.resolveSibling(file.getFileName() + ".spill")),
                "max_temp_directory_size='100GB'",
                "allowed_paths=[" + literal(file) + "]",
                "enable_external_access=false",
                "lock_configuration=true"
            }) {
                statement.execute("SET " + setting);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** The one that the first line has most of. */
    private static char separator(Path file) throws IOException {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(Files.newInputStream(file),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)))) {
            char[] beginning = new char[1 << 14];
            int length = Math.max(0, text.read(beginning));
            String line = new String(beginning, 0, length).lines().findFirst().orElse("").replaceAll("\"[^\"]*\"", "");
            char most = ',';
            for (char each : SEPARATORS.toCharArray()) {
                most = line.chars().filter(one -> one == each).count() > count(line, most) ? each : most;
            }
            return most;
        }
    }

    private static long count(String line, char one) {
        return line.chars().filter(each -> each == one).count();
    }

    private static String named(ExampleReader into) {
        return into.file().isEmpty() ? "The data" : into.file();
    }

    static String literal(Object text) {
        return "'" + text.toString().replace("'", "''") + "'";
    }

    static String sentence(SQLException e) {
        return firstLine(String.valueOf(e.getMessage())).replaceFirst("^[A-Za-z ]+Error: ", "").replaceAll("['\"]/[^'\"]*['\"]", "of it");
    }

    static String firstLine(String text) {
        return Stream.of(text.split("\n")).findFirst().orElse("").strip();
    }
}
