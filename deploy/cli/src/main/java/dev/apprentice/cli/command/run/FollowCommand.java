package dev.apprentice.cli.command.run;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.local.system.Ports;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Shows a run that was started earlier. */
@Command(
        name = "follow",
        description = "Shows a run from its beginning until its report is complete; Ctrl-C stops the display only.",
        footer = {"", Following.EXIT_CODES},
        mixinStandardHelpOptions = true)
public final class FollowCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Mixin private LastRun named;

    @Override
    public Integer call() {
        Ports ports = apprentice.system().ports();
        String run = named.name(new TrainerClient(ports), apprentice.screen()::print);
        return new Following(ports, apprentice.broker(), apprentice.screen()).toTheEnd(run);
    }
}
