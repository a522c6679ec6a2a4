package dev.apprentice.cli.command.system;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.local.system.LocalSystem;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Ends the services and the broker. */
@Command(
        name = "down",
        description = {
            "Stops the services and the broker; runs continue from their last checkpoint after the next `up`.",
            "If nothing else runs, it stops the system of a kept demo."
        },
        mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Override
    public Integer call() throws IOException {
        LocalSystem system = apprentice.system();
        DemoSystem demo = DemoSystem.of(apprentice);
        Screen screen = apprentice.screen();
        if (!system.runs() && demo.system().runs()) {
            screen.print("Stopping the demo's system in " + demo.system().folder().home() + ".");
            demo.system().down(screen::print);
            return 0;
        }
        system.down(screen::print);
        demo.ifRunning(kept -> screen.print(kept.sentence()));
        return 0;
    }
}
