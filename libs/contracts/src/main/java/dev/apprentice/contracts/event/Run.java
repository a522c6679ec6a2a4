package dev.apprentice.contracts.event;

import dev.apprentice.contracts.Require;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.Training;
import java.time.Instant;
import java.util.Optional;

/**
 * What a user wants of a run: that it goes on, or that it stops. The newest record of a key counts.
 *
 * @param run the run's name; see {@link dev.apprentice.contracts.Names}
 * @param desired whether the run goes on or is cancelled
 * @param requestedAt when this was requested
 * @param specification the complete specification of the run, with all defaults filled in
 * @param resumed how often the run was resumed after it had failed or was cancelled; empty for never
 * @param firstRequestedAt when the run was first requested; empty in its first request, and in records of versions without this
 *     field
 */
public record Run(
        String run,
        DesiredState desired,
        Instant requestedAt,
        RunSpecification specification,
        Optional<Integer> resumed,
        Optional<Instant> firstRequestedAt)
        implements Event {

    /** The last request of the run's owner. */
    public enum DesiredState {
        RUN,
        CANCEL
    }

    public Run {
        Require.name(run, "run");
        Require.present(desired, "desired");
        Require.present(requestedAt, "requestedAt");
        Require.present(specification, "specification");
        resumed.ifPresent(times -> Require.atLeast(1, times, "resumed"));
    }

    /** Creates a run that was never resumed. */
    public Run(String run, DesiredState desired, Instant requestedAt, RunSpecification specification) {
        this(run, desired, requestedAt, specification, Optional.empty(), Optional.empty());
    }

    /** Returns when the run was first requested, as far as that is known. A run keeps this one date when it is resumed. */
    public Instant begunAt() {
        return firstRequestedAt.orElse(requestedAt);
    }

    /** Returns how often it was resumed. */
    public int timesResumed() {
        return resumed.orElse(0);
    }

    /** Returns the request to resume this run after it has ended. */
    public Run resumed(Instant at) {
        return new Run(run, DesiredState.RUN, at, specification, Optional.of(timesResumed() + 1), Optional.of(begunAt()));
    }

    /** Returns this run with other hyper-parameters, which must not change what it learns. */
    public Run with(Training training) {
        RunSpecification of = specification;
        return new Run(
                run,
                desired,
                requestedAt,
                new RunSpecification(of.model(), of.data(), training, of.generation(), of.judge(), of.labels()),
                resumed,
                firstRequestedAt);
    }

    /** Returns the request to cancel this run. */
    public Run cancelled(Instant at) {
        return new Run(run, DesiredState.CANCEL, at, specification, resumed, Optional.of(begunAt()));
    }

    @Override
    public String key() {
        return run;
    }
}
