package dev.apprentice.dataset.run;

import java.time.Instant;
import java.util.Optional;

/**
 * How a run's preparation ended.
 *
 * @param requestedAt the request that it answers; a later request asks for another attempt
 * @param failure why it failed; empty if everything is published
 */
public record PreparationOutcome(Instant requestedAt, Optional<String> failure) {

    public PreparationOutcome {
        failure = failure == null ? Optional.empty() : failure;
    }
}
