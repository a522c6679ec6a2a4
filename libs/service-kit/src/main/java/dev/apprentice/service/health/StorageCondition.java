package dev.apprentice.service.health;

import dev.apprentice.service.storage.ObjectStorage;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Health condition for the object store. While it is unavailable, checkpoints, models and datasets in it wait, and work with
 * those on disk goes on.
 */
@Wellness
@ApplicationScoped
public class StorageCondition implements Condition {

    private final ObjectStorage storage;

    StorageCondition(ObjectStorage storage) {
        this.storage = storage;
    }

    @Override
    public String name() {
        return "Object store";
    }

    @Override
    public Optional<String> trouble() {
        return storage.trouble();
    }
}
