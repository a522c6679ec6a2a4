package dev.apprentice.trainer.batches;

import dev.apprentice.service.health.Condition;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Health condition for runs that wait too long for their batches. Other runs are trained meanwhile, and these are trained once
 * their batches come.
 */
@Wellness
@ApplicationScoped
public class BatchesCondition implements Condition {

    private final AwaitedBatches awaited;

    BatchesCondition(AwaitedBatches awaited) {
        this.awaited = awaited;
    }

    @Override
    public String name() {
        return "Batches";
    }

    @Override
    public Optional<String> trouble() {
        long runs = awaited.unusual();
        return runs == 0
                ? Optional.empty()
                : Optional.of(("runs that wait for their batches: %d; dataset-service has reported nothing for over %d s; is it running"
                        + " with this broker and prefix?")
                        .formatted(runs, AwaitedBatches.UNUSUAL.toSeconds()));
    }
}
