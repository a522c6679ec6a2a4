package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.Names;
import dev.apprentice.dataset.persistence.Home;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Datasets in a folder, each in a folder of its own. Instances that share the home share the datasets. */
final class DatasetFolders implements DatasetPlaces {

    private final Path datasets;
    private final Home home;
    private final Map<String, DatasetFolder> open = new ConcurrentHashMap<>();

    /** @param datasets the folder, which is created if it is missing */
    DatasetFolders(Path datasets, Home home) {
        this.datasets = datasets;
        this.home = home;
        try {
            DurableFiles.createFolder(datasets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> names() throws IOException {
        return DurableFiles.children(datasets).stream().map(folder -> folder.getFileName().toString()).filter(Names::isValid).sorted().toList();
    }

    @Override
    public boolean isKnown(String name) {
        return Files.isDirectory(datasets.resolve(name));
    }

    @Override
    public DatasetPlace of(String name) throws IOException {
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

    @Override
    public int held() throws IOException {
        int held = 0;
        for (DatasetFolder dataset : open.values()) {
            held += dataset.isHeld() ? 1 : 0;
        }
        return held;
    }
}
