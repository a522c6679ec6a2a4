package dev.apprentice.local.command;

import dev.apprentice.local.Apprentice;
import dev.apprentice.local.client.RunStatus;
import dev.apprentice.local.client.TrainerClient;
import dev.apprentice.local.report.LossHistory;
import dev.apprentice.local.report.RunSummary;
import dev.apprentice.local.system.Ports;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what came of a run. */
@Command(
        name = "report",
        description = "Shows what came of a run: loss curve, scores, answers side by side, and where the model lies.",
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Parameters(paramLabel = "RUN", description = "The run's name; `apprentice runs` lists them.")
    private String run;

    @Override
    public Integer call() {
        Ports ports = apprentice.system().ports();
        TrainerClient trainer = new TrainerClient(ports);
        RunStatus status = trainer.run(run);
        if (!status.phase().isFinal()) {
            apprentice.screen().print(run + " has not ended; `apprentice follow " + run + "` shows it as it goes on.");
            new RunSummary(ports, apprentice.screen()).printScores(status);
            return 0;
        }
        LossHistory history = new LossHistory();
        trainer.progress(run, Optional.empty(), (id, progress) -> history.add(progress));
        new RunSummary(ports, apprentice.screen()).print(status, history.evaluations());
        return 0;
    }
}
