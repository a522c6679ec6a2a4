package dev.apprentice.dataset.datasets.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import dev.apprentice.dataset.datasets.reading.text.DataJson;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/**
 * Reads CSV and Parquet tables with an embedded DuckDB that can access only one file: no network, no extensions, bounded memory.
 * Rows are streamed, however many there are.
 *
 * <p>Its native library is loaded for the first table. That takes 0.9 s of a core's time and 61 MB in the folder for temporary
 * files. A service that gets only JSON never loads it.
 *
 * @see <a href="https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview">Securing DuckDB</a>
 */
final class Tables {

    private static final String MEMORY = "256MB";
    private static final int LONGEST_LINE = 16 << 20;

    private Tables() {}

    /** Reads a Parquet file. @param file with a name that this service chose */
    static void readParquet(Path file, ExampleReader into) throws IOException {
        try (Connection duckdb = open(file); Statement statement = duckdb.createStatement()) {
            ParquetColumns columns = ParquetColumns.of(statement, "read_parquet(" + literal(file) + ")");
            readRows(statement, columns.table(), into, row -> into.add(0, columns.read(row)));
        } catch (SQLException e) {
            throw into.unreadable("is no Parquet file that can be read: " + sentence(e));
        }
    }

    /** Reads a CSV file, whose first line names the fields. Rows that cannot be read are rejected, each with its line. */
    static void readCsv(Path file, ExampleReader into) throws IOException {
        CsvHeader header = CsvHeader.of(file);
        try (Connection duckdb = open(file); Statement statement = duckdb.createStatement()) {
            into.hasTextsOnly();
            String table = "read_csv(" + literal(file) + ", delim=" + literal(String.valueOf(header.separator()))
                    + ", quote='\"', escape='\"', header=true, skip=" + header.skipped() + ", store_rejects=true, rejects_limit=0, max_line_size="
                    + LONGEST_LINE;
            String guessed = table + ", all_varchar=true)";
            readRows(statement, canBeGuessed(duckdb, guessed) ? guessed : table + ", auto_detect=false, columns={"
                    + header.names().stream().map(name -> literal(name) + ": 'VARCHAR'").collect(Collectors.joining(", ")) + "})", into, row -> into.add(0, row));
            readRejects(statement, file, into);
        } catch (SQLException e) {
            throw into.unreadable("is no table that can be read: " + sentence(e)
                    + "; save it as CSV in UTF-8 with a line of names at its top");
        }
    }

    /**
     * Tells whether DuckDB can detect the format. It cannot if a row near the beginning does not fit the table, such as one with
     * an unclosed quote.
     */
    private static boolean canBeGuessed(Connection duckdb, String table) {
        try (Statement statement = duckdb.createStatement(); ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + table)) {
            return columns.next();
        } catch (SQLException e) {
            return false; // then the file is read by its header, which reports all other faults
        }
    }

    /** Receives rows in their order. */
    interface RowSink {

        void add(JsonNode row) throws IOException;
    }

    /**
     * Reads lines of {@code {thread, sent, n, role, content, more}}, thread by thread. A thread is sorted by times, or by row
     * numbers if one of its times is missing.
     */
    static void readSorted(Path file, ExampleReader into, RowSink sink) throws IOException {
        try (Connection duckdb = open(file); Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery("SELECT to_json(entry)::VARCHAR FROM (SELECT *, count(sent) OVER (PARTITION BY thread)"
                        + " = count(*) OVER (PARTITION BY thread) AS timed FROM read_json(" + literal(file)
                        + ", format='newline_delimited', maximum_object_size=" + LONGEST_LINE + ", columns={thread: 'VARCHAR', sent: 'DOUBLE',"
                        + " n: 'BIGINT', role: 'VARCHAR', content: 'VARCHAR', more: 'VARCHAR'})) entry"
                        + " ORDER BY thread, CASE WHEN timed THEN sent ELSE 0 END, n")) {
            while (rows.next()) {
                sink.add(Json.MAPPER.readTree(rows.getString(1)));
            }
        } catch (SQLException e) {
            throw into.invalid("The messages cannot be put into threads: " + sentence(e) + "; nothing was stored.");
        }
    }

    private static void readRows(Statement statement, String table, ExampleReader into, RowSink sink) throws SQLException, IOException {
        try (ResultSet rows = statement.executeQuery("SELECT to_json(entry)::VARCHAR FROM " + table + " entry")) {
            while (rows.next()) {
                sink.add(DataJson.read(rows.getString(1)));
            }
        } catch (JsonProcessingException e) {
            throw into.unreadable("has a row that cannot be read: " + e.getOriginalMessage());
        }
    }

    private static void readRejects(Statement statement, Path file, ExampleReader into) throws SQLException, IOException {
        try (LineNumbers lines = new LineNumbers(file);
                ResultSet rejects = statement.executeQuery("SELECT line_byte_position, first(error_message), first(coalesce(csv_line, ''))"
                        + " FROM reject_errors GROUP BY line_byte_position ORDER BY line_byte_position")) {
            while (rejects.next()) {
                into.refuse(lines.at(rejects.getLong(1)), reason(rejects.getString(2)), rejects.getString(3).replaceFirst("^\\R", ""));
            }
        }
    }

    private static String reason(String error) {
        return error.startsWith("Invalid unicode")
                ? "is not UTF-8; save the table as UTF-8, or name its encoding with 'encoding' (--encoding), such as windows-1252"
                : "is no row of the table: " + firstLine(error);
    }

    /** Opens a connection with locked settings, which can access this file only. */
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
