package dev.apprentice.inference.models;

import dev.apprentice.model.hub.ModelLocation;
import dev.apprentice.model.hub.ModelStore;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.service.storage.StoredModels;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Lets the base models of adapters also be read from an object store. */
@ApplicationScoped
class ModelsInStore {

    void start(@Observes StartupEvent event, StoredModels models) {
        ModelLocation.readFrom(new ModelStore(
                StorageUri::isOne, location -> models.fetch(location, true), models::location, models::version));
    }
}
