package dev.apprentice.trainer.training;

import dev.apprentice.model.hub.ModelLocation;
import dev.apprentice.model.hub.ModelStore;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.service.storage.StoredModels;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Lets base models also be read from an object store. */
@ApplicationScoped
class ModelsInStore {

    void start(@Observes StartupEvent event, StoredModels models) {
        ModelLocation.readFrom(new ModelStore(
                StorageUri::isOne, location -> models.fetch(location, true), models::location, models::version));
    }
}
