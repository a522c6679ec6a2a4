package dev.apprentice.cli.command.system;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.local.system.LocalSystem;
import java.util.function.Consumer;

/**
 * The system of a demo that was kept or is running, in its own folder inside that of the user's system.
 *
 * @param system the system in the demo's folder
 */
public record DemoSystem(LocalSystem system) {

    static DemoSystem of(Apprentice apprentice) {
        return new DemoSystem(apprentice.system(LocalSystem.DEMO));
    }

    void ifRunning(Consumer<DemoSystem> action) {
        if (system.runs()) {
            action.accept(this);
        }
    }

    /** Returns where the system is, and how to end it. */
    String sentence() {
        return "The demo's system runs beside it; see it at " + system.ports().page() + "  `" + command() + " down` stops it.";
    }

    /** Returns the start of a command line for this system. */
    String command() {
        return "./apprentice --home '" + system.folder().home() + "'";
    }
}
