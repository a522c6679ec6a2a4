package dev.apprentice.dataset.run;

import java.time.Instant;
import java.util.Optional;

/**
 * How a run's preparation ended.
 *
 * @param requestedAt which request it answers: a later one asks for another try
 * @param failure why it failed; empty where everything is published
 */
public record PreparationOutcome(Instant requestedAt, Optional<String> failure) {

    public PreparationOutcome {
        failure = failure == null ? Optional.empty() : failure;
    }
}
