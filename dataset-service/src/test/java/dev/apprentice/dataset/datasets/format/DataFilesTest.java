package dev.apprentice.dataset.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.apprentice.contracts.run.DataReadingBuilder;
import dev.apprentice.dataset.datasets.download.Incoming;
import dev.apprentice.dataset.datasets.download.TooLargeException;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import dev.apprentice.dataset.datasets.reading.outcome.Reject;
import dev.apprentice.dataset.datasets.reading.outcome.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataFilesTest {

    private static final String CSV = "Instruction,input,OUTPUT\nAdd.,\"1, 2\",3\n\"Say \"\"hi\"\"\nto me.\",,Hi\n";
    private static final String JSON = "[{\"instruction\": \"Sing.\", \"output\": \"La.\"}]";

    @TempDir
    Path folder;

    private Path scratch;

    @BeforeEach
    void makeScratch() throws IOException {
        scratch = Files.createDirectory(folder.resolve("scratch"));
    }

    @Test
    void readsCsvWithQuotesAndLineBreaksAndAnyCaseOfNames() throws IOException {
        Taken taken = Taken.of("a.csv", CSV, scratch);
        assertThat(taken.said()).containsExactly("Add.|1, 2|3", "Say \"hi\"\nto me.||Hi");
        assertThat(taken.reading().layouts()).isEqualTo(Map.of("Alpaca", 2));
    }

    @Test
    void findsTheSeparatorOfATableInItsFirstLine() throws IOException {
        assertThat(Taken.of("a.tsv", "question\tanswer\nOne, two?\tThree\n", scratch).said()).containsExactly("One, two?||Three");
        assertThat(Taken.of("a.csv", "question;answer\nOne, two?;Three\n", scratch).said()).containsExactly("One, two?||Three");
    }

    @Test
    void takesTheRowsOfATableOfWhichSomeAreNone() throws IOException {
        Taken taken = Taken.of("a.csv", "question;answer;Answer;\nOne?;\"Two;\n\"\"2\"\"\";;\nshort\nto;o;many;cells;here\n\"Never ends;x;\n", scratch);
        assertThat(taken.said()).containsExactly("One?||Two;\n\"2\"");
        assertThat(taken.rejects()).extracting(reject -> reject.violations().get(0).line()).containsExactly(4, 5, 6);
        assertThat(taken.rejects().get(2).violations().get(0).message()).isEqualTo("is no row of the table: Value with unterminated quote found.");
    }

    @Test
    void readsTheSeparatorThatASpreadsheetNames() throws IOException {
        Taken taken = Taken.of("a.csv", "sep=;\nquestion;answer, or none\nOne?;Two\n;x\n".getBytes(StandardCharsets.UTF_8), in("answer", "answer, or none"), scratch);
        assertThat(taken.said()).containsExactly("One?||Two");
        assertThat(taken.rejects()).hasSize(1);
    }

    private static ReadSettings in(String field, String name) {
        return ReadSettings.of(DataReadingBuilder.builder().fields(List.of(field + "=" + name)).build(), Optional.empty(), 1);
    }

    @Test
    void leavesOutWhatDescribesTheDataOfAFolder() throws IOException {
        byte[] zip = zip(Map.of("d/README.md", "# About\nIt is data.\n", "d/dataset_infos.json", "{\"default\": {}}", "d/train.json", JSON));
        Taken taken = Taken.of("d.zip", zip, ReadSettings.USUAL, scratch);
        assertThat(taken.said()).containsExactly("Sing.||La.");
        assertThat(taken.rejects()).isEmpty();
        assertThat(taken.reading().ignored().examples().keySet())
                .containsExactlyInAnyOrder("files of other kinds, such as d/README.md", "files of other kinds, such as d/dataset_infos.json");
        assertThat(Taken.of("d.zip", zip(Map.of("README.md", "# How?\nSo.\n")), ReadSettings.USUAL, scratch).said()).containsExactly("How?||So.");
    }

    @Test
    void readsBytesThatAreTextsAndPassesOverNumbersThatAreNone() throws IOException, SQLException {
        byte[] parquet = parquet("SELECT 'q' || i AS question, CASE i WHEN 0 THEN encode('Stra\u00dfe') WHEN 1 THEN '\\xFF\\xFE'::BLOB END AS answer,"
                + " 'NaN'::DOUBLE AS score FROM range(3) t(i)");
        Taken taken = Taken.of("", parquet, ReadSettings.USUAL, scratch);
        assertThat(taken.said()).containsExactly("q0||Straße");
        assertThat(taken.rejects()).extracting(reject -> reject.violations().get(0).message())
                .containsExactly("is an object; expected text", "is null; expected text");
        assertThat(taken.reading().ignored().examples()).isEmpty();
    }

    @Test
    void readsNumbersAndTruthValuesOfParquetAsTheTextOfEach() throws IOException, SQLException {
        byte[] parquet = parquet("SELECT 'q' || i AS question, CASE i WHEN 0 THEN 4 WHEN 1 THEN -1 END AS answer, true AS context FROM range(3) t(i)");
        Taken taken = Taken.of("", parquet, ReadSettings.USUAL, scratch);
        assertThat(taken.said()).containsExactly("q0|true|4", "q1|true|-1");
        assertThat(taken.reading().omissions().asText()).isEqualTo(Map.of("answer", 2, "context", 2));
        for (String number : List.of("1.25::DECIMAL(4,2)=1.25", "2.5::DOUBLE=2.5", "0.1::FLOAT=0.1", "1.1::DECIMAL(4,2)=1.10", "-0.5::DECIMAL(38,3)=-0.500", "7::DECIMAL(4,0)=7", "18446744073709551615::UBIGINT=18446744073709551615")) {
            String[] parts = number.split("=");
            byte[] one = parquet("SELECT 'q' AS question, " + parts[0] + " AS answer");
            assertThat(Taken.of("", one, ReadSettings.USUAL, scratch).said()).containsExactly("q||" + parts[1]);
        }
    }

    @Test
    void aDecimalOfParquetIsANumberToAFilter() throws IOException, SQLException {
        byte[] parquet = parquet("SELECT 'q' || i AS question, 'a' AS answer, (i + 8.50)::DECIMAL(9,2) AS \"the \"\"price\"\"\" FROM range(3) t(i)");
        ReadSettings dear = ReadSettings.of(DataReadingBuilder.builder().filter("\"the \"\"price\"\"\" > 9.5").build(), Optional.empty(), 1);
        assertThat(Taken.of("", parquet, dear, scratch).said()).containsExactly("q2||a");
        assertThat(Taken.of("", parquet("SELECT 'q' AS question, NULL::DECIMAL(4,2) AS context, 'a' AS answer"), ReadSettings.USUAL, scratch).said())
                .containsExactly("q||a");
    }

    @Test
    void passesOverTheCommasOfAnArraysLines() throws IOException {
        Taken taken = Taken.of("a.jsonl", "{\"instruction\":\"a\",\"output\":\"b\"},\r\n{\"instruction\":\"c\",\"output\":\"d\"} ,\n"
                + "{\"instruction\":\"e\",\"output\":\"f\"},,\n{\"instruction\":\"g\",\"output\":\"h\"}\n", scratch);
        assertThat(taken.said()).containsExactly("a||b", "c||d", "e||f", "g||h");
        assertThat(taken.rejects()).extracting(reject -> reject.violations().get(0).line()).containsExactly(3);
    }

    @Test
    void readsTablesAsSpreadsheetsWriteThem() throws IOException {
        String table = "question;answer\r\nWie heißt der Fluß?;\"Die Spree –\nnatürlich\"\r\n";
        String said = "Wie heißt der Fluß?||Die Spree –\nnatürlich";
        assertThat(Taken.of("a.csv", table.getBytes(StandardCharsets.UTF_16), ReadSettings.USUAL, scratch).said()).containsExactly(said);
        assertThat(Taken.of("a.csv", ("\ufeff" + table).getBytes(StandardCharsets.UTF_16LE), ReadSettings.USUAL, scratch).said())
                .containsExactly(said);
        assertThat(Taken.of("a.csv", "\ufeff" + table, scratch).said()).containsExactly(said);
        assertThat(Taken.of("a.csv", table.getBytes(Charset.forName("windows-1252")), in("windows-1252"), scratch).said())
                .containsExactly(said);
    }

    @Test
    void saysHowToNameTheEncodingOfRowsThatAreNotUtf8() throws IOException {
        byte[] table = "question,answer\nWho?,Me\nWie heißt er?,Max\n".getBytes(Charset.forName("windows-1252"));
        Taken taken = Taken.of("a.csv", table, ReadSettings.USUAL, scratch);
        assertThat(taken.said()).containsExactly("Who?||Me");
        assertThat(taken.rejects().get(0).violations().get(0).message())
                .isEqualTo("is not UTF-8; save the table as UTF-8, or name its encoding with 'encoding' (--encoding), such as windows-1252");
        byte[] ofWindows = "question;answer\r\nWho?;Me\r\nWie heißt er?;Max\r\nÄh?;So\r\n".getBytes(Charset.forName("windows-1252"));
        assertThat(Taken.of("a.csv", ofWindows, ReadSettings.USUAL, scratch).rejects())
                .extracting(reject -> reject.violations().get(0).line()).containsExactly(3, 4);
        assertThatThrownBy(() -> Taken.of("a.csv", table, in("utf-8x"), scratch))
                .hasMessage("encoding is 'utf-8x', which is unknown here; it is a name such as windows-1252, iso-8859-1 or utf-16");
        assertThatThrownBy(() -> Taken.of("a.csv", table, in("us-ascii"), scratch)).hasMessage("a.csv is not in US-ASCII; save it as"
                + " UTF-8, or name its encoding with 'encoding' (--encoding); nothing was stored.");
        assertThatThrownBy(() -> Taken.of("a.csv", new byte[] {-1, -2, 0, -36, 'a', 0}, ReadSettings.USUAL, scratch))
                .hasMessageStartingWith("a.csv is not in UTF-16, as its first bytes say; ");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theLibraryThatReadsTablesLeavesNoFileForAKilledProcessToForget() throws IOException {
        Taken.of("a.csv", CSV, scratch);
        assertThat(Files.readString(Path.of("/proc/self/maps"))).contains("libduckdb_java");
        assertThat(UnpackedLibrary.files()).isEmpty();
    }

    @Test
    void saysWhichKindsAreReadWhereAFileIsOfNone() {
        assertThatThrownBy(() -> Taken.of("story.txt", "Once upon a time", scratch)).isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("Other kinds are CSV (.csv, .tsv), Markdown (.md) and Parquet; plain text goes as {\"text\": \"…\"}");
    }

    private static ReadSettings in(String encoding) {
        return ReadSettings.of(DataReadingBuilder.builder().encoding(encoding).build(), Optional.empty(), 0);
    }

    @Test
    void leavesOutRowsOfATableThatCannotBeReadAndNamesTheirLines() throws IOException {
        Taken taken = Taken.of("a.csv", "question,answer\nWho?,Me\nWhat?\nWhere?,Here\nWhy?,\n", scratch);
        assertThat(taken.said()).containsExactly("Who?||Me", "Where?||Here");
        assertThat(taken.rejects()).hasSize(2);
        assertThat(taken.rejects().stream().flatMap(each -> each.violations().stream()).map(Violation::message))
                .anySatisfy(message -> assertThat(message).startsWith("is no row of the table: Expected Number of Columns: 2 Found: 1"))
                .contains("is blank");
        assertThat(taken.rejects().stream().flatMap(each -> each.violations().stream()).map(Violation::line)).contains(3);
        assertThat(taken.rejects()).extracting(Reject::content).noneMatch(content -> content.contains("null"));
        assertThat(taken.reading().accepted() + taken.reading().rejected()).isEqualTo(4);
    }

    @Test
    void readsParquetWithNestedColumns() throws IOException, SQLException {
        byte[] parquet = parquet("SELECT 'c' || i AS id, [{'role': 'user', 'content': 'Say ' || i},"
                + " {'role': 'assistant', 'content': i::VARCHAR}] AS messages FROM range(3) numbers(i)");
        Taken taken = Taken.of("", parquet, ReadSettings.USUAL, scratch);
        assertThat(taken.said()).containsExactly("Say 0||0", "Say 1||1", "Say 2||2");
        assertThat(taken.examples().get(2).id()).isEqualTo("c2");
    }

    @Test
    void saysThatAParquetFileIsCutOff() throws IOException, SQLException {
        byte[] whole = parquet("SELECT 'a' AS instruction, 'b' AS output");
        assertThatThrownBy(() -> Taken.of("a.parquet", Arrays.copyOf(whole, whole.length - 8), ReadSettings.USUAL, scratch))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageStartingWith("a.parquet is no Parquet file that can be read: ")
                .hasMessageEndingWith("; nothing was stored.")
                .hasMessageNotContaining(scratch.toString());
    }

    @Test
    void unpacksGzipAndZstdOfEverything() throws IOException, SQLException {
        assertThat(Taken.of("a.json.gz", gzip(JSON.getBytes()), ReadSettings.USUAL, scratch).said()).containsExactly("Sing.||La.");
        assertThat(Taken.of("", Zstd.compress(JSON.getBytes()), ReadSettings.USUAL, scratch).said()).containsExactly("Sing.||La.");
        assertThat(Taken.of("a.csv.zst", Zstd.compress(CSV.getBytes()), ReadSettings.USUAL, scratch).said()).hasSize(2);
        byte[] parquet = parquet("SELECT 'a' AS instruction, 'b' AS output");
        assertThat(Taken.of("a.parquet.gz", gzip(parquet), ReadSettings.USUAL, scratch).said()).containsExactly("a||b");
    }

    @Test
    void refusesWhatIsCutOffWhereItIsPackedAndWhatUnpacksToTooMuch() throws IOException {
        byte[] packed = gzip(JSON.getBytes());
        assertThatThrownBy(() -> Taken.of("a.json.gz", Arrays.copyOf(packed, packed.length - 9), ReadSettings.USUAL, scratch))
                .hasMessage("a.json.gz cannot be unpacked: it is damaged or truncated, or something follows its end; compress it again;"
                        + " nothing was stored.");
        byte[] bomb = gzip(new byte[(1 << 24) + 1]);
        assertThatThrownBy(() -> Taken.of("a.csv.gz", bomb, ReadSettings.USUAL, scratch)).isInstanceOf(TooLargeException.class);
    }

    @Test
    void readsAllMembersOfGzippedDataAndRefusesWhatFollowsThem() throws IOException {
        byte[] two = together(gzip("{\"instruction\": \"A\", \"output\": \"a\"}\n".getBytes()), gzip("{\"instruction\": \"B\", \"output\": \"b\"}".getBytes()));
        assertThat(Taken.of("a.jsonl.gz", two, ReadSettings.USUAL, scratch).said()).containsExactly("A||a", "B||b");
        for (String more : List.of("x", "garbage", "{\"instruction\": \"C\", \"output\": \"c\"}".repeat(9))) {
            assertThatThrownBy(() -> Taken.of("a.jsonl.gz", together(two, more.getBytes()), ReadSettings.USUAL, scratch))
                    .hasMessage("a.jsonl.gz cannot be unpacked: it is damaged or truncated, or something follows its end; compress it"
                            + " again; nothing was stored.");
        }
    }

    private static byte[] together(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void readsAFolderInTheOrderOfItsNamesAndNamesTheFileOfEveryReject() throws IOException {
        byte[] zip = zip(Map.of("set/b.csv", "question,answer\nB?,b\n", "set/a.jsonl",
                "{\"instruction\": \"A\", \"output\": \"a\"}\n{\"instruction\": \"A2\", \"output\": \" \"}\noops\n", "set/notes.bin", "x",
                "set/.DS_Store", "x", "../../c.json", "[{\"prompt\": \"C\", \"completion\": \"c\"}]"));
        Taken taken = Taken.of("set.zip", zip, ReadSettings.USUAL, scratch);
        assertThat(taken.said()).containsExactly("C||c", "A||a", "B?||b");
        assertThat(taken.rejects().stream().flatMap(each -> each.violations().stream())).containsExactly(
                new Violation(Optional.of("set/a.jsonl"), 1, 2, Optional.empty(), Optional.of("output"), "is blank"),
                new Violation(Optional.of("set/a.jsonl"), 2, 3, Optional.empty(), Optional.empty(),
                        "is not JSON at column 1: Unrecognized token 'oops': was expecting (JSON String, Number, Array, Object or token"
                                + " 'null', 'true' or 'false')"));
        assertThat(taken.reading().layouts()).isEqualTo(Map.of("Alpaca", 1, "question/answer", 1, "prompt/completion", 1));
        assertThat(taken.reading().ignored().examples()).isEqualTo(Map.of("files of other kinds, such as set/notes.bin", 1));
    }

    @Test
    void passesOverWhatIsHiddenInAFolder() throws IOException {
        byte[] zip = zip(Map.of("d/a.json", JSON, "d/.ipynb_checkpoints/a.json", JSON, ".cache/x/a.json", JSON, "d/.a.json", JSON,
                "__MACOSX/d/a.json", JSON, "./b.json", JSON.replace("Sing", "Hum"), "../d/.git/a.json", JSON));
        Taken taken = Taken.of("d.zip", zip, ReadSettings.USUAL, scratch);
        assertThat(taken.said()).containsExactly("Hum.||La.", "Sing.||La.");
        assertThat(taken.reading().ignored().examples()).isEmpty();

        Files.createDirectories(folder.resolve("d/.cache"));
        List<Path> fetched = List.of(file("d/.cache/a.json", JSON), file("d/.b.json", JSON), file("d/c.json", JSON), file("d/e.json", JSON.replace("Sing", "Hum")));
        assertThat(Taken.of(Incoming.of(folder, fetched), ReadSettings.USUAL, scratch).said()).containsExactly("Sing.||La.", "Hum.||La.");
    }

    /** As from a tool that appends a file's new version. Its bytes are written here, since Java makes no such zip. */
    @Test
    void ofTwoFilesOfOneNameInAZipTheLaterOneCounts() throws IOException {
        Map<String, byte[]> files = new TreeMap<>(Map.of("1.json", JSON.getBytes(), "2.json", JSON.replace("Sing", "Hum").getBytes(),
                "3.json", JSON.replace("Sing", "Dance").getBytes()));
        String bytes = new String(zipOf(files), StandardCharsets.ISO_8859_1).replace("2.json", "1.json");
        assertThat(Taken.of("d.zip", bytes.getBytes(StandardCharsets.ISO_8859_1), ReadSettings.USUAL, scratch).said())
                .containsExactly("Hum.||La.", "Dance.||La.");
    }

    @Test
    void aFileOfAFolderThatCannotBeReadCostsWhatWasNotReadOfItAndNoOther() throws IOException, SQLException {
        byte[] parquet = parquet("SELECT 'a' AS instruction, 'b' AS output");
        byte[] zip = zipOf(new TreeMap<>(Map.of(
                "d/a.jsonl", "{\"instruction\": \"A\", \"output\": \"a\"}\n".getBytes(),
                "d/b.json", "[{\"instruction\": \"B\", \"output\": \"b\"},\n {\"instruction\": \"B2\", \"outp".getBytes(),
                "d/c.json.gz", Arrays.copyOf(gzip(JSON.getBytes()), 30),
                "d/d.parquet", Arrays.copyOf(parquet, parquet.length - 8),
                "d/e.html", "<html><body>No questions.</body></html>".getBytes(),
                "d/f.json", new byte[0],
                "d/g.json", "[{\"instruction\": \"\u00e4\", \"output\": \"a\"}]".getBytes(StandardCharsets.ISO_8859_1),
                "d/h.csv", "question,answer\nH?,h\n".getBytes(),
                "d/i.jsonl.zst", Arrays.copyOf(Zstd.compress(JSON.repeat(99).getBytes()), 20))));
        Taken taken = Taken.of("d.zip", zip, ReadSettings.USUAL, scratch);
        assertThat(taken.said()).containsExactly("A||a", "B||b", "H?||h");
        List<Violation> faults = taken.rejects().stream().flatMap(each -> each.violations().stream()).toList();
        assertThat(faults).extracting(fault -> fault.file().orElseThrow())
                .containsExactly("d/b.json", "d/c.json.gz", "d/d.parquet", "d/e.html", "d/f.json", "d/g.json", "d/i.jsonl.zst");
        assertThat(faults).extracting(Violation::message).allSatisfy(message -> assertThat(message).doesNotContain("tored"));
        assertThat(faults.get(0)).satisfies(fault -> {
            assertThat(List.of(fault.entry(), fault.line())).containsExactly(1, 2);
            assertThat(fault.message()).startsWith("is not JSON at line 2, column 29, entry [1]: ").endsWith("; its entry before that was read");
        });
        assertThat(faults.get(1).message()).startsWith("cannot be unpacked: it is damaged or truncated");
        assertThat(faults.get(2).message()).startsWith("is no Parquet file that can be read: ");
        assertThat(faults.get(3).message()).startsWith("is a web page without a FAQPage of schema.org");
        assertThat(faults.get(4).message()).startsWith("is empty; ");
        assertThat(faults.get(5).message()).startsWith("is not UTF-8: it has the byte 0x22 at offset 19; save it as UTF-8, or name its encoding");
        assertThat(taken.reading().accepted() + taken.reading().rejected()).isEqualTo(10);
        ReadSettings strict = ReadSettings.of(DataReadingBuilder.builder().strict(true).build(), Optional.empty(), 0);
        assertThatThrownBy(() -> Taken.of("d.zip", zip, strict, scratch)).hasMessage("7 of 10 entries cannot be used; nothing was stored.")
                .isInstanceOfSatisfying(InvalidDatasetException.class, all -> assertThat(all.violations()).isEqualTo(faults));
    }

    @Test
    void readsFilesOfAStoreAsThoseOfAFolderAndOneAsItself() throws IOException {
        Path about = file("README.md", "# About\nIt is data.\n");
        Path whole = file("a.jsonl", "{\"instruction\": \"A\", \"output\": \"a\"}\n");
        Path cut = file("b.json", "[{\"instruction\": \"B\", ");
        Taken taken = Taken.of(Incoming.of(folder, List.of(about, whole, cut)), ReadSettings.USUAL, scratch);
        assertThat(taken.said()).containsExactly("A||a");
        assertThat(taken.reading().ignored().examples()).isEqualTo(Map.of("files of other kinds, such as README.md", 1));
        assertThat(taken.rejects()).singleElement().satisfies(reject -> assertThat(reject.violations().get(0).file()).contains("b.json"));
        assertThatThrownBy(() -> Taken.of(Incoming.of(folder, List.of(cut)), ReadSettings.USUAL, scratch))
                .hasMessageStartingWith("b.json is not JSON at line 1").hasMessageEndingWith("; nothing was stored.");
        Path part = file("part-00000", "{\"instruction\": \"C\", \"output\": \"c\"}\n");
        Path done = file("_SUCCESS", "");
        assertThat(Taken.of(Incoming.of(folder, List.of(part, done)), ReadSettings.USUAL, scratch).said()).containsExactly("C||c");
        assertThat(Taken.of(Incoming.of(folder, List.of(part)), ReadSettings.USUAL, scratch).said()).containsExactly("C||c");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void givesDuckDbNothingButItsOneFile() throws IOException, SQLException {
        Path table = Files.writeString(folder.resolve("table.csv"), CSV);
        Path secret = Files.writeString(folder.resolve("secret.csv"), "a\nb\n");
        try (Connection duckdb = Tables.open(table); Statement statement = duckdb.createStatement()) {
            assertThat(statement.executeQuery("SELECT * FROM read_csv('" + table + "')").next()).isTrue();
            for (String forbidden : new String[] {
                "SELECT * FROM read_csv('" + secret + "')", "COPY (SELECT 1) TO '" + secret + "'", "INSTALL httpfs",
                "SET enable_external_access=true"
            }) {
                try (Statement other = duckdb.createStatement()) {
                    assertThatThrownBy(() -> other.execute(forbidden)).as(forbidden).isInstanceOf(SQLException.class);
                }
            }
        }
        assertThat(secret).hasContent("a\nb\n");
    }

    private byte[] parquet(String select) throws IOException, SQLException {
        Path file = folder.resolve("made.parquet");
        try (Connection duckdb = new DuckDBDriver().connect("jdbc:duckdb:", new Properties()); Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
        }
        return Files.readAllBytes(file);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    static byte[] zip(Map<String, String> files) throws IOException {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return zipOf(bytes);
    }

    private static byte[] zipOf(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return packed.toByteArray();
    }
}
