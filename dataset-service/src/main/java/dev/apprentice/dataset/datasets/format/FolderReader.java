package dev.apprentice.dataset.datasets.format;

import dev.apprentice.dataset.datasets.download.TooLargeException;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import dev.apprentice.dataset.datasets.reading.UnreadableFileException;
import dev.apprentice.service.files.DurableFiles;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads the files of a folder, in the order of their names. One in a zip is unpacked to the disk first, since some files need others. */
final class FolderReader {

    private static final int MOST = 100_000;
    private static final Pattern HIDDEN = Pattern.compile("(?s)(.*/)?(\\.[^/]*|__MACOSX/.*)");
    private static final Pattern DATA =
            Pattern.compile("(?is).*\\.(json|jsonl|ndjson|csv|tsv|tab|parquet|md|markdown|html?)(\\.(gz|gzip|zst|zstd))?");

    /** What repositories of data have beside it: a description in prose, and what libraries write of the data. */
    private static final Pattern ABOUT = Pattern.compile("(?is)(.*/)?((readme|license|changelog|contributing|code_of_conduct)\\.(md|markdown|html?)"
            + "|dataset_infos?\\.json|dataset_dict\\.json|state\\.json)");

    /** Parts of data as Spark and Hadoop call them, where no file says its kind: {@code part-00000}. */
    private static final Pattern UNNAMED = Pattern.compile("(?s)(.*/)?[^._/][^./]*");

    private FolderReader() {}

    static void readZip(InputStream zip, Path scratch, long largest, DataFiles reader, ExampleReader into) throws IOException {
        Path folder = Files.createTempDirectory(scratch, "folder");
        try {
            readAll(unpack(zip, folder, largest, into), reader, into);
        } finally {
            DurableFiles.deleteTree(folder);
        }
    }

    /** Files by their paths in the folder. One that cannot be read costs what was not read of it. */
    static void readAll(SortedMap<String, Path> files, DataFiles reader, ExampleReader into) throws IOException {
        if (SlackExport.is(files)) {
            SlackExport.read(files, into);
            return;
        }
        Predicate<String> data = Stream.<Predicate<String>>of(FolderReader::isData, DATA.asMatchPredicate(), UNNAMED.asMatchPredicate())
                .filter(kind -> files.keySet().stream().anyMatch(kind)).findFirst().orElse(name -> false);
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (!data.test(file.getKey())) {
                into.ignore("files of other kinds, such as " + file.getKey());
                continue;
            }
            into.begin(file.getKey());
            try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file.getValue()))) {
                reader.read(bytes, file.getKey());
            } catch (UnreadableFileException e) {
                into.refuseRest(e);
            }
        }
    }

    /** A file that describes data is data where there is none other. */
    private static boolean isData(String name) {
        return DATA.matcher(name).matches() && !ABOUT.matcher(name).matches();
    }

    /** Every file has a number for its name on the disk: what a zip calls it leads nowhere. */
    private static SortedMap<String, Path> unpack(InputStream bytes, Path folder, long largest, ExampleReader into) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(bytes)) {
            InputStream limited = TooLargeException.beyond(largest, new Open(zip));
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.isDirectory() || HIDDEN.matcher(entry.getName()).matches()) {
                    continue;
                }
                if (files.size() == MOST) {
                    throw into.invalid("The folder has more than %,d files; put their entries together.".formatted(MOST));
                }
                Path file = folder.resolve(String.valueOf(files.size()));
                Files.copy(limited, file);
                files.put(entry.getName(), file);
            }
        } catch (ZipException | java.io.EOFException | IllegalArgumentException e) {
            throw into.invalid("The zip is damaged or cut off (" + e.getMessage() + "); pack it again. Nothing was stored.");
        }
        return files;
    }

    /** Of a zip, one entry after the other. */
    private static final class Open extends FilterInputStream {

        Open(ZipInputStream zip) {
            super(zip);
        }

        @Override
        public void close() {} // ends with its zip
    }
}
