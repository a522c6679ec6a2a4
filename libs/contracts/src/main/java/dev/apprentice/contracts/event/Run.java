package dev.apprentice.contracts.event;

import dev.apprentice.contracts.Require;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.Training;
import java.time.Instant;
import java.util.Optional;

/**
 * What a user wants: that a run goes on, or that it stops. The newest record of a key holds.
 *
 * @param run the run's name; see {@link dev.apprentice.contracts.Names}
 * @param desired whether the run shall go on or be cancelled
 * @param requestedAt when that was asked for
 * @param specification everything the services need to know to carry it out, defaults filled in
 * @param resumed how often the run was resumed after it had failed or was cancelled; empty for never
 * @param firstRequestedAt when the run was asked for first; empty where nothing else was asked for since, and in records of versions
 *     that did not keep it
 */
public record Run(
        String run,
        DesiredState desired,
        Instant requestedAt,
        RunSpecification specification,
        Optional<Integer> resumed,
        Optional<Instant> firstRequestedAt)
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
        resumed.ifPresent(times -> Require.atLeast(1, times, "resumed"));
    }

    /** A run that was never resumed. */
    public Run(String run, DesiredState desired, Instant requestedAt, RunSpecification specification) {
        this(run, desired, requestedAt, specification, Optional.empty(), Optional.empty());
    }

    /** When the run was asked for first, as far as that is known: a run has one date, however often it is resumed. */
    public Instant begunAt() {
        return firstRequestedAt.orElse(requestedAt);
    }

    /** How often it was resumed. */
    public int timesResumed() {
        return resumed.orElse(0);
    }

    /** This run, wanted once more after it has ended. */
    public Run resumed(Instant at) {
        return new Run(run, DesiredState.RUN, at, specification, Optional.of(timesResumed() + 1), Optional.of(begunAt()));
    }

    /** This run with other hyper-parameters, which must not change what it learns. */
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

    /** This run, no longer wanted. */
    public Run cancelled(Instant at) {
        return new Run(run, DesiredState.CANCEL, at, specification, resumed, Optional.of(begunAt()));
    }

    @Override
    public String key() {
        return run;
    }
}
