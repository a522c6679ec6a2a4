package dev.apprentice.service.log;

import org.jboss.logging.MDC;

/**
 * Puts a run's name on every log line of this thread until closed.
 *
 * <pre>{@code
 * try (RunLog log = RunLog.of(run)) { ... }
 * }</pre>
 */
public final class RunLog implements AutoCloseable {

    private static final String KEY = "run";

    private final Object before;

    private RunLog(Object before) {
        this.before = before;
    }

    public static RunLog of(String run) {
        Object before = MDC.get(KEY);
        MDC.put(KEY, run);
        return new RunLog(before);
    }

    @Override
    public void close() {
        if (before == null) {
            MDC.remove(KEY);
        } else {
            MDC.put(KEY, before);
        }
    }
}
