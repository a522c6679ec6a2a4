package dev.apprentice.inference.models;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.ModelLocation;
import dev.apprentice.model.hub.ModelStore;
import dev.apprentice.service.storage.AlteredException;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.service.storage.StoredModels;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** Has adapters' models read from an object store, too. */
@ApplicationScoped
class ModelsInStore implements ModelStore {

    private final StoredModels models;

    ModelsInStore(StoredModels models) {
        this.models = models;
    }

    void start(@Observes StartupEvent event) {
        ModelLocation.readFrom(this);
    }

    @Override
    public boolean isIn(String location) {
        return StorageUri.isOne(location);
    }

    @Override
    public Path fetch(String location) {
        try {
            return models.fetch(location, true);
        } catch (AlteredException | IllegalArgumentException e) {
            throw new ModelException("the model cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public Optional<String> location(Path folder) {
        return models.location(folder);
    }
}
