package dev.apprentice.trainer.run;

/** Work on a run ends here, without anything being wrong with the run. */
public class RunStoppedException extends RuntimeException {

    /** Why work ends. */
    public enum Reason {
        /** Its owner does not want it any more. */
        CANCELLED,
        /** It has ended elsewhere: dataset-service could not prepare it, or another trainer was faster. */
        CONCLUDED,
        /** It is another instance's now. */
        NOT_OURS,
        /** This instance is being shut down. */
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
