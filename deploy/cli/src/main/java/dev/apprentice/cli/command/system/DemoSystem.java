package dev.apprentice.cli.command.system;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.local.system.LocalSystem;
import java.util.function.Consumer;

/**
 * The system of a demo that was kept, or is under way, in a folder of its own below that of the user's system.
 *
 * @param system in the demo's folder
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

    /** Where it is, and what there is to do about it. */
    String sentence() {
        return "The demo's system runs beside it; see it at " + system.ports().page() + "  `" + command() + " down` ends it.";
    }

    /** The command line that is about this system. */
    String command() {
        return "./apprentice --home '" + system.folder().home() + "'";
    }
}
