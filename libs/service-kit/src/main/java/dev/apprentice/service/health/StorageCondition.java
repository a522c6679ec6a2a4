package dev.apprentice.service.health;

import dev.apprentice.service.storage.ObjectStorage;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The object store is away. Checkpoints, models and datasets in it wait; what is on the disk goes on. */
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
