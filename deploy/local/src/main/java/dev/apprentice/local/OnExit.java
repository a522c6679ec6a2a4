package dev.apprentice.local;

/** Something to do if this process is ended (Ctrl-C, SIGTERM) before it is closed. */
public final class OnExit implements AutoCloseable {

    private final Thread hook;

    private OnExit(Thread hook) {
        this.hook = hook;
    }

    /** Does it in a thread of its own while the JVM ends. */
    public static OnExit perform(Runnable task) {
        Thread hook = new Thread(task, "on exit");
        Runtime.getRuntime().addShutdownHook(hook);
        return new OnExit(hook);
    }

    /** From here on there is nothing to do. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is ending: the task has begun and is waited for
        }
    }
}
