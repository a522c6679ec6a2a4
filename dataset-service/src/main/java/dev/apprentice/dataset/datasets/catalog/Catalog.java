package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.Names;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.datasets.download.TooLargeException;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.datasets.format.DataFiles;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import dev.apprentice.dataset.datasets.reading.IgnoredFields;
import dev.apprentice.dataset.datasets.reading.InvalidDatasetException;
import dev.apprentice.dataset.datasets.reading.Reading;
import dev.apprentice.dataset.persistence.Home;
import dev.apprentice.service.files.DurableFiles;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The datasets that this service keeps, by name. Instances that share the home share them. */
@ApplicationScoped
public class Catalog {

    private final Path datasets;
    private final Home home;
    private final ExampleSize size;
    private final DatasetSettings settings;
    private final Map<String, DatasetFolder> open = new ConcurrentHashMap<>();

    Catalog(Home home, ExampleSize size, DatasetSettings settings) {
        this.settings = settings;
        this.size = size;
        this.datasets = home.resolve("datasets");
        this.home = home;
    }

    @PostConstruct
    void prepareFolders() {
        try {
            DurableFiles.createFolder(datasets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Puts a dataset under a name, in place of the one that had it. Runs bound to that one keep it.
     *
     * @param name a valid name; see {@link Names}
     * @param upload the data and how it is to be read
     * @throws TooLargeException if it has more examples than fit into memory
     * @throws InvalidDatasetException if the data cannot be read or holds no example; then nothing is changed
     */
    public Dataset put(String name, Upload upload) throws IOException {
        Path temporary = Files.createTempFile(home.own(), name + ".", ".jsonl");
        Path rejected = Files.createTempFile(home.own(), name + ".", ".rejects");
        try (SnapshotWriter writer = new SnapshotWriter(temporary);
                RejectsWriter rejects = new RejectsWriter(rejected)) {
            ExampleReader reader = new ExampleReader(size, upload.settings(), writer, rejects);
            new DataFiles(home.own(), settings.maxSize().asLongValue(), reader).readAll(upload.data());
            Reading reading = reader.finish();
            rejects.finish();
            return folder(name).replace(temporary, writer.finish(), new Contents(upload.source(), reading, Recipe.of(upload.settings())), rejected);
        } catch (OutOfMemoryError e) { // ids and fingerprints are held while data is read
            throw new TooLargeException("The data has more examples than dataset-service's memory suffices for (" + e.getMessage()
                    + "); give its JVM more, about 60 bytes an example, or upload it as several datasets. Nothing was stored.");
        } finally {
            Files.deleteIfExists(temporary);
            Files.deleteIfExists(rejected);
        }
    }

    /** The entries that were left out of a dataset when it was put, as JSON lines; empty where there are none. */
    public Optional<Path> rejects(String name) throws IOException {
        return isKnown(name) ? folder(name).rejects() : Optional.empty();
    }

    /** Every dataset, by name. */
    public List<Dataset> list() throws IOException {
        List<Dataset> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(datasets)) {
            for (Path folder : folders.sorted().toList()) {
                find(folder.getFileName().toString()).ifPresent(all::add);
            }
        }
        return all;
    }

    /** The dataset of that name, if there is one. */
    public Optional<Dataset> find(String name) throws IOException {
        return isKnown(name) ? folder(name).current() : Optional.empty();
    }

    /** Deletes a dataset. Runs bound to it keep it; of one that there is not, nothing is left to do. */
    public void delete(String name) throws IOException {
        if (isKnown(name)) {
            folder(name).delete();
        }
    }

    /**
     * Lets examples join a dataset, which is made if it does not exist, or leave it. They are on disk when this
     * returns.
     */
    public void change(String name, List<Change> changes) throws IOException {
        boolean joins = changes.stream().anyMatch(change -> change.example().isPresent());
        if (joins || isKnown(name)) { // nothing can be withdrawn from a dataset that does not exist
            folder(name).change(changes);
        }
    }

    /**
     * Keeps a dataset's examples, as they now are, in a file of the caller's.
     *
     * @return what they are; empty, and no file, where there is no such dataset
     */
    public Optional<Dataset> keepAlso(String name, Path place) throws IOException {
        return isKnown(name) ? folder(name).keepAlso(place) : Optional.empty();
    }

    private boolean isKnown(String name) {
        return Names.isValid(name) && Files.isDirectory(datasets.resolve(name));
    }

    private DatasetFolder folder(String name) throws IOException {
        try {
            return open.computeIfAbsent(name, unopened -> {
                try {
                    return DatasetFolder.open(datasets.resolve(unopened), home.lockOf("datasets", unopened));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
