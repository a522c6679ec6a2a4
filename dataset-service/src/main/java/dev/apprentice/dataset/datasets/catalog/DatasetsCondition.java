package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.service.health.Condition;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;

/** Health condition: another instance holds a dataset for too long. Work on that dataset waits; everything else goes on. */
@Wellness
@ApplicationScoped
public class DatasetsCondition implements Condition {

    private final Catalog catalog;

    DatasetsCondition(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String name() {
        return "Datasets";
    }

    @Override
    public Optional<String> trouble() {
        try {
            int held = catalog.held();
            return held == 0
                    ? Optional.empty()
                    : Optional.of(("datasets that another dataset-service has held for too long: %d; the log names them. If that service"
                            + " hangs, end it or let it go on")
                            .formatted(held));
        } catch (IOException e) {
            return Optional.of("the locks of datasets cannot be used: " + e.getClass().getSimpleName()); // the message would name a file
        }
    }
}
