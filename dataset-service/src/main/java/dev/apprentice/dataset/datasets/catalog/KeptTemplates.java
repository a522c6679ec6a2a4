package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.Sha256;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.persistence.Home;
import dev.apprentice.prompts.task.TaskTemplate;
import dev.apprentice.prompts.task.TaskTemplates;
import dev.apprentice.service.files.DurableFiles;
import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.service.storage.StoredFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The task templates that datasets are read by: those that are bundled, and users' own, named by the digests of their texts. They are kept
 * beside the datasets where those have a place of their own, else in the home.
 */
@ApplicationScoped
public class KeptTemplates {

    private static final String DIGEST = "sha256:[0-9a-f]{64}";
    /** Beside datasets, whose names begin with a letter or digit. */
    private static final String BESIDE = ".templates";

    /** The first is written to; what was kept in the others before is found. */
    private final List<Path> folders;
    private final ObjectStorage storage;
    private final Optional<StorageUri> store;

    @Inject
    KeptTemplates(Home home, DatasetSettings settings, ObjectStorage storage) {
        this(folders(home.resolve("templates"), settings.datasets()), storage,
                settings.datasets().filter(StorageUri::isOne).map(StorageUri::parse));
    }

    KeptTemplates(List<Path> folders, ObjectStorage storage, Optional<StorageUri> datasets) {
        this.folders = folders;
        this.storage = storage;
        this.store = datasets.map(place -> place.resolve(BESIDE));
    }

    /** @param datasets the place of their own, if they have one */
    static List<Path> folders(Path ofHome, Optional<String> datasets) {
        return datasets.filter(place -> !StorageUri.isOne(place))
                .map(place -> List.of(Path.of(place).resolve(BESIDE), ofHome))
                .orElse(List.of(ofHome));
    }

    /**
     * Keeps a user's own.
     *
     * @return its name from now on, {@code sha256:} and the digest of its text
     * @throws IllegalArgumentException if it is no task template
     */
    public String keep(String yaml) throws IOException {
        TaskTemplates.read("in the request", yaml);
        String name = Sha256.of(yaml);
        if (store.isPresent()) {
            storage.writeIf(yaml.getBytes(StandardCharsets.UTF_8), stored(name), Optional.empty()); // else it is there already
            return name;
        }
        Path file = DurableFiles.createFolder(folders.get(0)).resolve(fileName(name));
        if (!Files.exists(file)) {
            DurableFiles.write(file, yaml.getBytes(StandardCharsets.UTF_8));
        }
        return name;
    }

    /**
     * @param name of a bundled template, or what {@link #keep} gave
     * @throws IllegalArgumentException if there is no such template
     */
    public TaskTemplate find(String name) throws IOException {
        if (!name.matches(DIGEST)) {
            return TaskTemplates.bundled(name);
        }
        Optional<StoredFile> stored = store.isPresent() ? storage.find(stored(name)) : Optional.empty();
        if (stored.isPresent()) {
            return TaskTemplates.read(name, new String(storage.read(stored.get()), StandardCharsets.UTF_8));
        }
        Path file = folders.stream().map(folder -> folder.resolve(fileName(name))).filter(Files::exists).findFirst().orElseThrow(() ->
                new IllegalArgumentException("task template " + name + " is unknown here; send its text to POST /templates first"));
        return TaskTemplates.read(name, Files.readString(file));
    }

    private StorageUri stored(String name) {
        return store.orElseThrow().resolve(fileName(name));
    }

    private static String fileName(String name) {
        return name.replace("sha256:", "") + ".yaml";
    }
}
