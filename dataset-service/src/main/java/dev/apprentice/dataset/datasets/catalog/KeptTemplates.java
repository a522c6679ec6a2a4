package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.Sha256;
import dev.apprentice.dataset.persistence.Home;
import dev.apprentice.prompts.task.TaskTemplate;
import dev.apprentice.prompts.task.TaskTemplates;
import dev.apprentice.service.files.DurableFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The task templates that datasets are read by: those that are bundled, and users' own, named by the digests of their texts. */
@ApplicationScoped
public class KeptTemplates {

    private static final String DIGEST = "sha256:[0-9a-f]{64}";

    private final Path folder;

    KeptTemplates(Home home) {
        this.folder = home.resolve("templates");
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
        DurableFiles.createFolder(folder);
        if (!Files.exists(file(name))) {
            DurableFiles.write(file(name), yaml.getBytes(StandardCharsets.UTF_8));
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
        if (!Files.exists(file(name))) {
            throw new IllegalArgumentException("task template " + name + " is unknown here; send its text to POST /templates first");
        }
        return TaskTemplates.read(name, Files.readString(file(name)));
    }

    private Path file(String name) {
        return folder.resolve(name.replace("sha256:", "") + ".yaml");
    }
}
