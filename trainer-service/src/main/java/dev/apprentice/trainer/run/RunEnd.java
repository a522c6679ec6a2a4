package dev.apprentice.trainer.run;

import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import java.time.Instant;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param run the run
 * @param phase {@code COMPLETED}, {@code FAILED} or {@code CANCELLED}
 * @param reason the message of the final progress event
 * @param at when it ended
 * @param resumed how often the run had been resumed by then
 */
public record RunEnd(String run, Phase phase, Optional<String> reason, Instant at, int resumed) {

    public RunEnd {
        if (!phase.isFinal()) {
            throw new IllegalArgumentException("a run does not end with " + phase);
        }
    }

    /** Returns the outcome that a run's final progress event describes. */
    public static RunEnd of(Run run, Progress last) {
        return new RunEnd(last.run(), last.phase(), last.message(), last.at(), run.timesResumed());
    }
}
