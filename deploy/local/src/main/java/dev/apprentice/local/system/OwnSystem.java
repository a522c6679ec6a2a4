package dev.apprentice.local.system;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.OnExit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A system that a command starts for itself. All its processes end with the command, however that ends, unless {@link #keep} is
 * called.
 */
public final class OwnSystem implements AutoCloseable {

    private final LocalSystem system;
    private final Consumer<String> told;
    private final OnExit cleanUp;
    private boolean kept;

    private OwnSystem(LocalSystem system, Consumer<String> told, Runnable farewell) {
        this.system = system;
        this.told = told;
        this.cleanUp = OnExit.perform(() -> {
            farewell.run();
            system.abandon();
        });
    }

    /**
     * Clears the system's folder and starts it on free ports.
     *
     * @param told gets a line about each thing that it does
     * @param farewell runs when the command is interrupted
     * @throws CommandException if a system runs there already, or if it cannot start; then no process is left
     */
    public static OwnSystem start(LocalSystem system, Consumer<String> told, Runnable farewell) throws IOException {
        if (system.runs()) {
            throw new CommandException("A system already runs in " + system.folder().home() + "; stop it with `apprentice"
                    + " --home '" + system.folder().home() + "' down`, or choose another folder with --home.");
        }
        system.folder().clear();
        OwnSystem own = new OwnSystem(system, told, farewell);
        try {
            system.upWhole(Optional.empty(), told);
            return own;
        } catch (IOException | RuntimeException e) {
            try (OnExit over = own.cleanUp) {
                system.abandon();
            }
            throw e;
        }
    }

    /** Leaves the system running when this is closed. */
    public void keep() {
        kept = true;
    }

    /** Stops the system, unless it is kept. */
    @Override
    public void close() {
        try (OnExit over = cleanUp) {
            if (!kept) {
                system.down(told);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
