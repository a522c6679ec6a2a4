package dev.apprentice.service.log;

import org.jboss.logging.Logger;

/** A warning of what is tried again and again: logged when its reason changes, not at every try. Safe for several threads. */
public final class RepeatedWarning {

    private final Logger log;
    private String said = "";

    public RepeatedWarning(Logger log) {
        this.log = log;
    }

    /**
     * It went wrong again.
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

    /** It went well; what goes wrong from now on is news, for any reason. */
    public synchronized void over() {
        said = "";
    }
}
