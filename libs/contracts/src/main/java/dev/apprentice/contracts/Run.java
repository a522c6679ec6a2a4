package dev.apprentice.contracts;

import java.time.Instant;

/**
 * What somebody wants: that a run goes on, or that it stops. The newest record of a key holds.
 *
 * @param run the run's name; see {@link Names}
 * @param desired whether the run shall go on or be cancelled
 * @param requestedAt when it was asked for
 * @param specification everything the services need to know to carry it out, defaults filled in
 */
public record Run(String run, DesiredState desired, Instant requestedAt, RunSpecification specification)
        implements Event {

    /** What the run's owner asked for last. */
    public enum DesiredState {
        RUN,
        CANCEL
    }

    public Run {
        Require.name(run, "run");
        Require.present(desired, "desired");
        Require.present(requestedAt, "requestedAt");
        Require.present(specification, "specification");
    }

    /** The same run, no longer wanted. */
    public Run cancelled(Instant at) {
        return new Run(run, DesiredState.CANCEL, at, specification);
    }

    @Override
    public String key() {
        return run;
    }
}
