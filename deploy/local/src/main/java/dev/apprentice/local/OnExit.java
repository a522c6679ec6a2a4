package dev.apprentice.local;

/** A task that runs if this process is interrupted (Ctrl-C, SIGTERM) before this is closed. */
public final class OnExit implements AutoCloseable {

    private final Thread hook;

    private OnExit(Thread hook) {
        this.hook = hook;
    }

    /** Registers a task, which runs in a thread of its own during the JVM's shutdown. */
    public static OnExit perform(Runnable task) {
        Thread hook = new Thread(task, "on exit");
        Runtime.getRuntime().addShutdownHook(hook);
        return new OnExit(hook);
    }

    /** Removes the task. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is shutting down: the task has begun, and the JVM waits for it
        }
    }
}
