package dev.apprentice.cli.command.run;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.contracts.event.Progress.Phase;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Stops a run. */
@Command(
        name = "cancel",
        description = "Stops a run within a step and keeps what it has learned; `resume` continues from there.",
        mixinStandardHelpOptions = true)
public final class CancelCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Parameters(paramLabel = "RUN", description = "The run's name; `apprentice runs` lists them.")
    private String run;

    @Override
    public Integer call() {
        Phase phase = new TrainerClient(apprentice.system().ports()).cancel(run).phase();
        apprentice.screen().print(phase.isFinal()
                ? run + " had already ended: " + phase.name().toLowerCase(Locale.ROOT) + ". There is nothing to stop. Answers"
                        + " no longer"
                        + " wait for judges that are away; `apprentice regrade " + run + "` grades them later."
                : "Asked " + run + " to stop; its checkpoints stay.");
        return 0;
    }
}
