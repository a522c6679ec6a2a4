package dev.apprentice.local.command;

import dev.apprentice.local.Apprentice;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows a run that was started before. */
@Command(
        name = "follow",
        description = "Shows a run from its beginning until its report is complete; Ctrl-C only stops the showing.",
        footer = {"", Following.EXIT_CODES},
        mixinStandardHelpOptions = true)
public final class FollowCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Parameters(paramLabel = "RUN", description = "The run's name; `apprentice runs` lists them.")
    private String run;

    @Override
    public Integer call() {
        return new Following(apprentice.system().ports(), apprentice.screen()).toTheEnd(run);
    }
}
