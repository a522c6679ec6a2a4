package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageException;
import dev.apprentice.service.storage.StorageUri;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Datasets in an object store that supports conditional writes. Instances that share the URI share the datasets. */
final class StoredDatasets implements DatasetPlaces {

    private final ObjectStorage storage;
    private final StorageUri uri;
    private final Path scratch;

    /** Guarded by this. */
    private boolean conditionsHold;

    /** @param scratch a local folder of this instance */
    StoredDatasets(ObjectStorage storage, StorageUri uri, Path scratch) {
        this.storage = storage;
        this.uri = uri;
        this.scratch = scratch;
    }

    @Override
    public List<String> names() throws IOException {
        return storage.list(uri).stream()
                .map(file -> file.name().split("/"))
                .filter(path -> path.length == 2 && path[1].equals(StoredDataset.DESCRIPTION))
                .map(path -> path[0])
                .sorted()
                .toList();
    }

    @Override
    public boolean isKnown(String name) throws IOException {
        return storage.find(uri.resolve(name).resolve(StoredDataset.DESCRIPTION)).isPresent();
    }

    @Override
    public DatasetPlace of(String name) throws IOException {
        requireConditions();
        return new StoredDataset(name, storage, uri.resolve(name), scratch);
    }

    /** Requires, once, that the store checks conditions. Otherwise an instance could overwrite what another has confirmed. */
    private synchronized void requireConditions() throws StorageException {
        if (conditionsHold) {
            return;
        }
        StorageUri probe = uri.resolve(".conditions-" + UUID.randomUUID());
        boolean first = storage.writeIf(new byte[] {'1'}, probe, Optional.empty());
        boolean second = storage.writeIf(new byte[] {'2'}, probe, Optional.empty());
        boolean stale = storage.writeIf(new byte[] {'3'}, probe, Optional.of("\"00000000000000000000000000000000\""));
        storage.delete(List.of(probe));
        if (!first || second || stale) {
            throw new StorageException("the object store of " + uri + " takes no conditional writes (If-None-Match, If-Match), which keep"
                    + " instances from writing over one another's datasets; use one that does, or a folder (apprentice.dataset.datasets)");
        }
        conditionsHold = true;
    }

    /** Returns 0, since nothing is locked in a store. */
    @Override
    public int held() {
        return 0;
    }
}
