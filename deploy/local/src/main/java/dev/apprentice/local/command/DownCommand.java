package dev.apprentice.local.command;

import dev.apprentice.local.Apprentice;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Ends the services and the broker. */
@Command(
        name = "down",
        description = "Ends the services and the broker; runs go on from their last checkpoint after the next `up`.",
        mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Override
    public Integer call() throws IOException {
        apprentice.system().down(apprentice.screen()::print);
        return 0;
    }
}
