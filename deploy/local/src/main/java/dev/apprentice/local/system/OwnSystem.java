package dev.apprentice.local.system;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.OnExit;
import dev.apprentice.local.terminal.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A system that a command starts for itself. However the command ends, no process of it is left. */
public final class OwnSystem implements AutoCloseable {

    private final LocalSystem system;
    private final Screen screen;
    private final OnExit cleanUp;
    private boolean kept;

    private OwnSystem(LocalSystem system, Screen screen, String farewell) {
        this.system = system;
        this.screen = screen;
        this.cleanUp = OnExit.perform(() -> {
            screen.end(farewell);
            system.abandon();
        });
    }

    /**
     * Clears the system's folder and starts it on free ports.
     *
     * @param farewell what is said where the command is ended from outside
     * @throws CommandException when one runs there already, or when it cannot start; then nothing of it runs
     */
    public static OwnSystem start(LocalSystem system, Screen screen, String farewell) throws IOException {
        if (system.runs()) {
            throw new CommandException("A system runs in " + system.folder().home() + " already; end it with `apprentice"
                    + " --home '" + system.folder().home() + "' down`, or choose another folder with --home.");
        }
        system.folder().clear();
        OwnSystem own = new OwnSystem(system, screen, farewell);
        try {
            system.upWhole(Optional.of(Ports.free()), screen::print);
            return own;
        } catch (IOException | RuntimeException e) {
            try (OnExit over = own.cleanUp) {
                system.abandon();
            }
            throw e;
        }
    }

    /** Leaves it running. */
    public void keep() {
        kept = true;
    }

    /** Ends it, unless it is kept. */
    @Override
    public void close() {
        try (OnExit over = cleanUp) {
            if (!kept) {
                system.down(screen::print);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
