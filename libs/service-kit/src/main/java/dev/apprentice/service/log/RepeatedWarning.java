package dev.apprentice.service.log;

import org.jboss.logging.Logger;

/** A warning about something that is retried, which is logged when its reason changes, not at every attempt. Thread-safe. */
public final class RepeatedWarning {

    private final Logger log;
    private String said = "";

    public RepeatedWarning(Logger log) {
        this.log = log;
    }

    /**
     * Notes a failure, and logs it if its reason is new.
     *
     * @param what a sentence that holds the reason
     * @param failure its stack trace is logged too; may be null
     * @return whether it was logged
     */
    public synchronized boolean warn(String what, Throwable failure) {
        if (what.equals(said)) {
            return false;
        }
        said = what;
        log.warn(what, failure);
        return true;
    }

    /** Notes a success. The next failure is logged, for any reason. Returns whether a failure came before. */
    public synchronized boolean over() {
        boolean wentWrong = !said.isEmpty();
        said = "";
        return wentWrong;
    }
}
