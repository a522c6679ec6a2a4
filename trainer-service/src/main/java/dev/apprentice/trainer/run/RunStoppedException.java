package dev.apprentice.trainer.run;

/** Thrown to stop work on a run when nothing is wrong with the run. */
public class RunStoppedException extends RuntimeException {

    /** Why work on a run stops. */
    public enum Reason {
        /** The run's owner has cancelled it. */
        CANCELLED,
        /** The run has ended elsewhere: dataset-service could not prepare it, or another trainer was faster. */
        CONCLUDED,
        /** Another instance owns the run now. */
        NOT_OURS,
        /** This instance shuts down. */
        SHUTDOWN
    }

    private final Reason reason;

    public RunStoppedException(Reason reason) {
        super("stopped: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
