package dev.apprentice.cli.command.run;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.local.system.Ports;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Resumes a run that failed or was cancelled. */
@Command(
        name = "resume",
        description = "Resumes a run that failed or was cancelled, from its newest checkpoint, and shows it.",
        footer = {"", Following.EXIT_CODES, "Ctrl-C stops the display only; the run continues."},
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class ResumeCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Parameters(paramLabel = "RUN", description = "The run's name; `apprentice runs` lists them.")
    private String run;

    @Option(
            names = "--tokens-per-batch",
            paramLabel = "N",
            description = "Input tokens that each process computes at once from now on: choose fewer if a step ran out of"
                    + " memory; results do not change.")
    private Optional<Integer> tokensPerBatch;

    @Option(
            names = "--activation-checkpointing",
            description = "Compute activations twice from now on rather than keep them: less memory, about a third more work.")
    private boolean activationCheckpointing;

    @Option(names = "--detach", description = "Resume the run and return.")
    private boolean detach;

    @Override
    public Integer call() {
        Ports ports = apprentice.system().ports();
        new TrainerClient(ports).resume(run, tokensPerBatch, activationCheckpointing);
        apprentice.screen().print("Run " + run + " is resumed. See it at " + ports.page(run));
        if (detach) {
            apprentice.screen().print("Follow it with `apprentice follow " + run + "`.");
            return 0;
        }
        return new Following(ports, apprentice.broker(), apprentice.screen()).toTheEnd(run);
    }
}
