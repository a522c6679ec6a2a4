package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Sha256;
import dev.apprentice.contracts.run.PromptTemplate;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.persistence.Home;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.prompts.jinja.value.TemplateException;
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
 * The task templates that datasets are read with: bundled ones, and users' own, named by the digests of their texts. Users' own
 * prompt styles for inspections are stored with them. They lie beside the datasets if those have a place of their own, otherwise
 * in the home.
 */
@ApplicationScoped
public class KeptTemplates {

    private static final String TASK = ".yaml";
    private static final String PROMPT = ".jinja";
    private static final String DIGEST = "sha256:[0-9a-f]{64}";
    /** Name of the folder beside the datasets, whose names begin with a letter or digit. */
    private static final String BESIDE = ".templates";

    /** Folders with templates. New ones are written to the first; the others may hold older ones. */
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

    /** Returns the folders. @param datasets the datasets' own place, if they have one */
    static List<Path> folders(Path ofHome, Optional<String> datasets) {
        return datasets.filter(place -> !StorageUri.isOne(place))
                .map(place -> List.of(Path.of(place).resolve(BESIDE), ofHome))
                .orElse(List.of(ofHome));
    }

    /**
     * Stores a user's own task template.
     *
     * @return its name, {@code sha256:} and the digest of its text
     * @throws IllegalArgumentException if it is no task template
     */
    public String keep(String yaml) throws IOException {
        TaskTemplates.read("in the request", yaml);
        return keep(yaml, TASK);
    }

    /**
     * Stores a user's own prompt style.
     *
     * @return its name, {@code sha256:} and the digest of its text
     * @throws InvalidEventException if it is empty or too long
     * @throws TemplateException if it is no template
     */
    public String keepPrompt(String jinja) throws IOException {
        PromptStyle.ofTemplate("in the request", new PromptTemplate(jinja, null).text());
        return keep(jinja, PROMPT);
    }

    private String keep(String text, String kind) throws IOException {
        String name = Sha256.of(text);
        if (store.isPresent()) {
            storage.writeIf(text.getBytes(StandardCharsets.UTF_8), stored(name, kind), Optional.empty()); // false if it is there already
            return name;
        }
        Path file = DurableFiles.createFolder(folders.get(0)).resolve(fileName(name, kind));
        if (!Files.exists(file)) {
            DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
        }
        return name;
    }

    /**
     * Finds a task template.
     *
     * @param name of a bundled template, or one that {@link #keep} returned
     * @throws IllegalArgumentException if there is no such template
     */
    public TaskTemplate find(String name) throws IOException {
        return name.matches(DIGEST) ? TaskTemplates.read(name, text(name, TASK)) : TaskTemplates.bundled(name);
    }

    /**
     * Returns the text of a user's own prompt style.
     *
     * @param name that {@link #keepPrompt} returned
     * @throws IllegalArgumentException if there is no such template
     */
    public String findPrompt(String name) throws IOException {
        if (!name.matches(DIGEST)) {
            throw unknown(name, PROMPT);
        }
        return text(name, PROMPT);
    }

    private String text(String name, String kind) throws IOException {
        Optional<StoredFile> stored = store.isPresent() ? storage.find(stored(name, kind)) : Optional.empty();
        if (stored.isPresent()) {
            return new String(storage.read(stored.get()), StandardCharsets.UTF_8);
        }
        return Files.readString(folders.stream().map(folder -> folder.resolve(fileName(name, kind))).filter(Files::exists).findFirst()
                .orElseThrow(() -> unknown(name, kind)));
    }

    private static IllegalArgumentException unknown(String name, String kind) {
        return new IllegalArgumentException((kind.equals(TASK) ? "task" : "prompt") + " template " + name
                + " is unknown here; send its text to POST /templates first");
    }

    private StorageUri stored(String name, String kind) {
        return store.orElseThrow().resolve(fileName(name, kind));
    }

    private static String fileName(String name, String kind) {
        return name.replace("sha256:", "") + kind;
    }
}
