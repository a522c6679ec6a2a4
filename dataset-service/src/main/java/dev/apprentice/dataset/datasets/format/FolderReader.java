package dev.apprentice.dataset.datasets.format;

import dev.apprentice.dataset.datasets.download.TooLargeException;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import dev.apprentice.dataset.datasets.reading.outcome.UnreadableFileException;
import dev.apprentice.service.files.DurableFiles;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads the files of a folder, in the order of their names. A zip is unpacked to disk first, since some files refer to others. */
final class FolderReader {

    private static final int MOST = 100_000;
    /** Hidden files, and all in hidden folders: {@code .cache/a.jsonl}, but not {@code ./a.jsonl}. */
    private static final Pattern HIDDEN = Pattern.compile("(?s)(.*/)?(\\.[^/.][^/]*(/.*)?|__MACOSX/.*)");
    private static final Pattern DATA =
            Pattern.compile("(?is).*\\.(json|jsonl|ndjson|csv|tsv|tab|parquet|md|markdown|html?)(\\.(gz|gzip|zst|zstd))?");

    /** Files beside the data in repositories: descriptions in prose, and metadata that libraries write. */
    private static final Pattern ABOUT = Pattern.compile("(?is)(.*/)?((readme|license|changelog|contributing|code_of_conduct)\\.(md|markdown|html?)"
            + "|dataset_infos?\\.json|dataset_dict\\.json|state\\.json)");

    /** Parts of data as Spark and Hadoop name them, without an extension: {@code part-00000}. */
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

    /** Reads files by their paths in the folder. If a file cannot be read to its end, only its rest is lost. */
    static void readAll(SortedMap<String, Path> files, DataFiles reader, ExampleReader into) throws IOException {
        SortedMap<String, Path> shown = new TreeMap<>(files);
        shown.keySet().removeIf(HIDDEN.asMatchPredicate());
        if (SlackExport.is(shown)) {
            SlackExport.read(shown, into);
            return;
        }
        Predicate<String> data = Stream.<Predicate<String>>of(FolderReader::isData, DATA.asMatchPredicate(), UNNAMED.asMatchPredicate())
                .filter(kind -> shown.keySet().stream().anyMatch(kind)).findFirst().orElse(name -> false);
        for (Map.Entry<String, Path> file : shown.entrySet()) {
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

    /** Tells whether a file is data by its name. A description counts as data only if there is nothing else. */
    private static boolean isData(String name) {
        return DATA.matcher(name).matches() && !ABOUT.matcher(name).matches();
    }

    /** Unpacks a zip. Files get numbers as names on disk, so a name in the zip cannot lead outside the folder. */
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
                Path next = folder.resolve(String.valueOf(files.size()));
                Path file = files.computeIfAbsent(entry.getName(), name -> next);
                Files.copy(limited, file, StandardCopyOption.REPLACE_EXISTING); // of two entries of one name the later one counts
            }
        } catch (ZipException | java.io.EOFException | IllegalArgumentException e) {
            throw into.invalid("The zip is damaged or cut off (" + e.getMessage() + "); pack it again. Nothing was stored.");
        }
        return files;
    }

    /** The current entry of a zip; closing it leaves the zip open. */
    private static final class Open extends FilterInputStream {

        Open(ZipInputStream zip) {
            super(zip);
        }

        @Override
        public void close() {} // closed with the zip
    }
}
