package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.Names;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import dev.apprentice.dataset.datasets.catalog.snapshot.SnapshotWriter;
import dev.apprentice.dataset.datasets.download.TooLargeException;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.datasets.format.DataFiles;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import dev.apprentice.dataset.datasets.reading.outcome.ReadingResult;
import dev.apprentice.dataset.persistence.Home;
import dev.apprentice.dataset.table.Scratch;
import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageUri;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The datasets that this service keeps, by name. Instances that share the storage place share the datasets. */
@ApplicationScoped
public class Catalog {

    private final DatasetPlaces places;
    private final Home home;
    private final ExampleSize size;
    private final DatasetSettings settings;

    Catalog(Home home, ExampleSize size, DatasetSettings settings, ObjectStorage storage) {
        this.settings = settings;
        this.size = size;
        this.home = home;
        this.places = places(home, settings.datasets(), storage);
    }

    private static DatasetPlaces places(Home home, Optional<String> place, ObjectStorage storage) {
        try {
            Optional<StorageUri> store = place.filter(StorageUri::isOne).map(StorageUri::parse);
            return store.isPresent()
                    ? new StoredDatasets(storage, store.get(), home.own())
                    : new DatasetFolders(place.map(Path::of).orElseGet(() -> home.resolve("datasets")), home);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("apprentice.dataset.datasets must be a folder or an s3: URI: " + e.getMessage(), e);
        }
    }

    /**
     * Stores a dataset under a name and replaces the one that had it. Runs bound to the old one keep it.
     *
     * @param name a valid name; see {@link Names}
     * @param upload the data and how to read it
     * @throws TooLargeException if memory does not suffice for it
     * @throws InvalidDatasetException if the data cannot be read or holds no example; then nothing is changed
     */
    public Dataset put(String name, Upload upload) throws IOException {
        Path temporary = Files.createTempFile(home.own(), name + ".", ".jsonl");
        Path rejected = Files.createTempFile(home.own(), name + ".", ".rejects");
        try (Scratch scratch = new Scratch(home.own());
                SnapshotWriter writer = new SnapshotWriter(temporary);
                RejectsWriter rejects = new RejectsWriter(rejected)) {
            ExampleReader reader = new ExampleReader(size, upload.settings(), scratch, writer, rejects);
            new DataFiles(home.own(), settings.maxSize().asLongValue(), reader).readAll(upload.data());
            ReadingResult reading = reader.finish();
            rejects.finish();
            Contents contents = new Contents(upload.source(), reading, Recipe.of(upload.settings()));
            return places.of(name).replace(temporary, writer.finish(), contents, rejected);
        } catch (OutOfMemoryError e) {
            throw new TooLargeException("The data needs more memory than dataset-service has (" + e.getMessage()
                    + "); give its JVM more, or upload it as several datasets. Nothing was stored.");
        } finally {
            Files.deleteIfExists(temporary);
            Files.deleteIfExists(rejected);
        }
    }

    /** Returns the file of entries that were left out when the dataset was stored, as JSON lines; empty if there are none. */
    public Optional<Path> rejects(String name) throws IOException {
        return isKnown(name) ? places.of(name).rejects() : Optional.empty();
    }

    /** Returns all datasets, by name. */
    public List<Dataset> list() throws IOException {
        List<Dataset> all = new ArrayList<>();
        for (String name : places.names()) {
            find(name).ifPresent(all::add);
        }
        return all;
    }

    /** Returns the dataset of that name, if there is one. */
    public Optional<Dataset> find(String name) throws IOException {
        return isKnown(name) ? places.of(name).current() : Optional.empty();
    }

    /** Deletes a dataset if it exists. Runs bound to it keep it. */
    public void delete(String name) throws IOException {
        if (isKnown(name)) {
            places.of(name).delete();
        }
    }

    /** Applies changes to a dataset, which is created if an example joins it. They are on disk when this returns. */
    public void change(String name, List<Change> changes) throws IOException {
        boolean joins = changes.stream().anyMatch(change -> change.example().isPresent());
        if (joins || isKnown(name)) { // nothing can be withdrawn from a dataset that does not exist
            places.of(name).change(changes);
        }
    }

    /**
     * Copies a dataset's current examples to a file of the caller's.
     *
     * @return the dataset; empty, and no file, if there is none
     */
    public Optional<Dataset> keepAlso(String name, Path place) throws IOException {
        return isKnown(name) ? places.of(name).keepAlso(place) : Optional.empty();
    }

    /** Returns how many datasets another instance held when they were last needed, and still holds. Does not wait. */
    int held() throws IOException {
        return places.held();
    }

    private boolean isKnown(String name) throws IOException {
        return Names.isValid(name) && places.isKnown(name);
    }
}
