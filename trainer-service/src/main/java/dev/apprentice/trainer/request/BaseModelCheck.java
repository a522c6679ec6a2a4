package dev.apprentice.trainer.request;

import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.ModelSource.Start;
import dev.apprentice.contracts.run.PromptTemplate;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.hub.HubReference;
import dev.apprentice.model.prompt.ModelPrompts;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.service.storage.StorageUri;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;

/** Checks a run's base model before the run is accepted. Its owner learns at once of a model that cannot be trained. */
public final class BaseModelCheck {

    private BaseModelCheck() {}

    /**
     * Checks the model folder and the run's settings for it. A model on the hub or in an object store is not fetched: only its
     * name is checked, and anything else that is wrong with it fails the run later.
     *
     * @param roots where the model may lie
     * @throws ModelException if the model, or the run for this model, cannot be used; the message says why
     */
    public static void check(RunSpecification specification, ModelRoots roots) {
        String location = specification.model().location();
        if (StorageUri.isOne(location)) {
            roots.require(stored(location)); // anything else that is wrong with it fails the run later
            return;
        }
        if (location.contains("://")) { // not quoted, because an address may hold a password
            throw new ModelException("model.location is an address, but models are read from folders, object stores and the"
                    + " hub alone; give a folder's absolute path, s3://bucket/folder, or a model on the hub as hf:organisation/name");
        }
        if (location.startsWith(HubReference.PREFIX)) {
            HubReference.parse(location);
            return;
        }
        Path path = path(location);
        roots.require(path);
        ModelFolder folder = ModelFolder.open(path);
        if (specification.model().start() == Start.PRETRAINED) {
            folder.weights().close(); // opening them checks them against config.json
        }
        requireStyle(folder, specification.data());
        int context = folder.configuration().contextLength();
        specification.data().maxLength().filter(length -> length > context).ifPresent(length -> {
            throw new ModelException("data.maxLength is " + length + ", but the model in " + folder.path()
                    + " has a context of " + context + " tokens; set at most that, or leave data.maxLength out");
        });
    }

    private static void requireStyle(ModelFolder folder, DataSource data) {
        if (PromptStyle.isName(data.promptStyle())) {
            ModelPrompts.format(
                    folder,
                    ModelPrompts.style(folder, data.promptStyle(), data.promptTemplate().map(PromptTemplate::text)),
                    Instant.now());
        }
    }

    private static StorageUri stored(String location) {
        try {
            return StorageUri.parse(location);
        } catch (IllegalArgumentException e) {
            throw new ModelException("model.location " + e.getMessage(), e);
        }
    }

    private static Path path(String location) {
        try {
            Path path = Path.of(location);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new ModelException("model.location '" + location + "' is not a path: " + e.getReason(), e);
        }
        throw new ModelException("model.location '" + location
                + "' is a relative path; give the absolute one, under which every service finds the folder,"
                + " or a model on the hub as hf:organisation/name");
    }
}
