package dev.apprentice.dataset.datasets.format;

import com.github.luben.zstd.ZstdInputStream;
import dev.apprentice.dataset.datasets.download.Incoming;
import dev.apprentice.dataset.datasets.download.TooLargeException;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import dev.apprentice.dataset.datasets.reading.text.StrictUtf8;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.ZipException;

/**
 * Reads data in all supported formats: JSON, CSV and TSV, Parquet, and Markdown and web pages of questions and answers. Files may
 * be compressed with gzip or zstd, and folders come as a zip.
 *
 * <p>A file's first bytes determine its format; only tables and Markdown are recognised by their names. Memory does not depend on
 * the file's size: formats that cannot be streamed are copied to a temporary file first.
 */
public final class DataFiles {

    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] PARQUET = {'P', 'A', 'R', '1'};
    private static final int LONGEST_MARK = 4;
    private static final int BEGINNING = 1 << 12;

    private final Path scratch;
    private final long largest;
    private final ExampleReader into;

    /**
     * @param scratch a folder for temporary files
     * @param largest bytes that unpacking may produce
     */
    public DataFiles(Path scratch, long largest, ExampleReader into) {
        this.scratch = scratch;
        this.largest = largest;
        this.into = into;
    }

    /**
     * Reads all data, and assembles messages into threads.
     *
     * @param data files, whose names determine their formats if their bytes do not
     * @throws dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException if it is damaged, or of an unknown format
     * @throws IOException if the bytes cannot be read or the disk fails
     */
    public void readAll(Incoming data) throws IOException {
        try (Threads threads = new Threads(scratch, into)) {
            into.divert(threads);
            readSelected(data);
            threads.finish();
        }
    }

    private void readSelected(Incoming data) throws IOException {
        ReadSettings settings = into.settings();
        if (!RowSelection.isWanted(settings.reading())) {
            readFiles(data);
            return;
        }
        try (RowSelection selection = new RowSelection(settings.reading(), settings.seed(), scratch)) {
            into.selectBy(selection);
            readFiles(data);
            selection.finish(into);
        }
    }

    private void readFiles(Incoming data) throws IOException {
        if (data instanceof Incoming.File file) {
            read(file.bytes(), file.name());
        } else if (data instanceof Incoming.Folder folder && folder.files().size() == 1) {
            String name = folder.files().firstKey();
            try (InputStream bytes = Files.newInputStream(folder.files().get(name))) {
                read(bytes, name);
            }
        } else if (data instanceof Incoming.Folder folder) {
            FolderReader.readAll(folder.files(), this, into);
        }
    }

    /** Reads one file. @throws dev.apprentice.dataset.datasets.reading.outcome.UnreadableFileException if it cannot be read to its end */
    void read(InputStream bytes, String name) throws IOException {
        BufferedInputStream data = new BufferedInputStream(bytes, 1 << 16);
        data.mark(BEGINNING);
        byte[] beginning = data.readNBytes(BEGINNING);
        data.reset();
        byte[] mark = Arrays.copyOf(beginning, Math.min(LONGEST_MARK, beginning.length));
        if (begins(mark, ZIP)) {
            FolderReader.readZip(data, scratch, largest, this, into);
        } else if (begins(mark, GZIP) || begins(mark, ZSTD)) {
            unpack(data, begins(mark, GZIP), name);
        } else if (begins(mark, PARQUET)) {
            into.begin(name);
            inFile(data, file -> Tables.readParquet(file, into));
        } else {
            into.begin(name);
            readText(Encoding.asUtf8(data, mark, into.settings().encoding()), name);
        }
    }

    private void unpack(InputStream data, boolean gzip, String name) throws IOException {
        try (InputStream plain = gzip ? new Gunzipped(data) : new ZstdInputStream(data)) {
            read(TooLargeException.beyond(largest, plain), name.replaceFirst("(?i)\\.(gz|gzip|zst|zstd)$", ""));
        } catch (ZipException | EOFException | com.github.luben.zstd.ZstdIOException e) {
            into.call(name);
            throw into.unreadable("cannot be unpacked: it is damaged or truncated, or something follows its end; compress it again");
        }
    }

    private void readText(InputStream bytes, String name) throws IOException {
        BufferedInputStream data = new BufferedInputStream(bytes, 1 << 16);
        try {
            data.mark(BEGINNING);
            String beginning = new String(data.readNBytes(BEGINNING), StandardCharsets.UTF_8).replace("\ufeff", "").strip();
            data.reset();
            readText(data, name, beginning);
        } catch (CharacterCodingException e) {
            throw into.unreadable("is not in " + into.settings().encoding()
                    .map(Object::toString).orElse("UTF-16, as its first bytes say") + "; save it as UTF-8, or name its encoding with"
                    + " 'encoding' (--encoding)");
        } catch (StrictUtf8.InvalidException e) {
            throw into.unreadable(e.reason());
        }
    }

    private void readText(InputStream data, String name, String beginning) throws IOException {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.matches(".*\\.(csv|tsv|tab)")) {
            inFile(data, file -> Tables.readCsv(file, into));
        } else if (lower.matches(".*\\.(md|markdown)")) {
            FaqMarkdown.read(new StrictUtf8(data), into);
        } else if (beginning.startsWith("<")) {
            FaqHtml.read(new StrictUtf8(data), into);
        } else {
            into.readJson(data);
        }
    }

    /** Reads a local file. */
    private interface FileReader {

        void read(Path file) throws IOException;
    }

    private void inFile(InputStream data, FileReader reader) throws IOException {
        Path file = Files.createTempFile(scratch, "table", ".tmp");
        try {
            Files.copy(data, file, StandardCopyOption.REPLACE_EXISTING);
            reader.read(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static boolean begins(byte[] bytes, byte[] mark) {
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }
}
