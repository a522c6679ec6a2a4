package dev.apprentice.dataset.datasets.download;

import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.datasets.download.DownloadException.Fault;
import dev.apprentice.service.files.DurableFiles;
import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageException;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.service.storage.StoredFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fetches data from an object store: a file, or all files of a folder in the order of their names. */
@ApplicationScoped
class StoredData {

    private static final String KEY = "apprentice.dataset.download.stores";

    private final DatasetSettings settings;
    private final ObjectStorage storage;
    private final List<StorageUri> stores;

    StoredData(DatasetSettings settings, ObjectStorage storage) {
        this.settings = settings;
        this.storage = storage;
        try {
            this.stores = settings.download().stores().orElse(List.of()).stream().map(StorageUri::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(KEY + " must name s3: URIs: " + e.getMessage(), e);
        }
    }

    /**
     * Copies the files to a local folder and passes them on.
     *
     * @throws DownloadException if they lie outside the allowed stores, do not exist, or cannot be fetched in time
     * @throws TooLargeException if they are larger than allowed
     * @throws IOException if the disk fails
     */
    <T> T fetch(String address, Downloads.Receiver<T> receiver) throws IOException {
        StorageUri uri = allowed(address);
        Path folder = Files.createTempDirectory("apprentice-download");
        try {
            return receiver.receive(Incoming.of(folder, copy(uri, folder)));
        } finally {
            DurableFiles.deleteTree(folder);
        }
    }

    private StorageUri allowed(String address) {
        StorageUri uri;
        try {
            uri = StorageUri.parse(address);
        } catch (IllegalArgumentException e) {
            throw new DownloadException(Fault.ADDRESS, e.getMessage() + ".", e);
        }
        if (stores.stream().noneMatch(store -> store.holds(uri))) {
            throw new DownloadException(Fault.ADDRESS, "'" + uri + "' lies outside the stores that data is read from; set " + KEY
                    + " to an s3: URI that it lies in, or send the data itself.");
        }
        return uri;
    }

    private List<Path> copy(StorageUri uri, Path folder) throws IOException {
        Duration timeout = settings.download().timeout();
        long end = System.nanoTime() + timeout.toNanos();
        try {
            Optional<StoredFile> one = storage.find(uri);
            List<StoredFile> files = one.isPresent() ? List.of(one.get()) : storage.list(uri);
            if (files.isEmpty()) {
                throw new DownloadException(Fault.ADDRESS, "'" + uri + "' names no file and no folder with files; check it.");
            }
            if (files.stream().mapToLong(StoredFile::bytes).sum() > settings.maxSize().asLongValue()) {
                throw new TooLargeException(settings.maxSize().asLongValue());
            }
            List<Path> copies = new ArrayList<>();
            for (StoredFile file : files) {
                Path copy = folder.resolve(file.name());
                Files.createDirectories(copy.getParent());
                storage.read(file, copy, () -> {
                    if (System.nanoTime() - end > 0) {
                        throw new DownloadException(Fault.TIMEOUT, "'" + uri + "' did not arrive within " + timeout.toSeconds()
                                + " s; try again, or set apprentice.dataset.download.timeout.");
                    }
                });
                copies.add(copy);
            }
            return copies;
        } catch (StorageException e) {
            throw new DownloadException(Fault.SERVER, e.getMessage() + ".", e);
        }
    }
}
