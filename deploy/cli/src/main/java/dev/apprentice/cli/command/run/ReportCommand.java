package dev.apprentice.cli.command.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.ServiceException;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.answer.GradedRun;
import dev.apprentice.cli.client.answer.RunState;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.cli.command.option.JsonOption;
import dev.apprentice.cli.report.LossHistory;
import dev.apprentice.cli.report.RunSummary;
import dev.apprentice.cli.report.WholeReport;
import dev.apprentice.local.system.Ports;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Shows a run's results. */
@Command(
        name = "report",
        description = "Shows a run's results: loss curve, scores, answers side by side, and where the model is.",
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Mixin private LastRun named;

    @Mixin private JsonOption json;

    @Override
    public Integer call() {
        Ports ports = apprentice.system().ports();
        TrainerClient trainer = new TrainerClient(ports);
        RunStatus status = trainer.run(named.name(trainer, json.isGiven() ? line -> {} : apprentice.screen()::print));
        if (json.isGiven()) {
            JsonOption.print(apprentice.screen(), whole(status, trainer, new JudgeClient(ports)));
            return 0;
        }
        RunSummary summary = new RunSummary(ports, apprentice.screen());
        if (!status.phase().isFinal()) {
            apprentice.screen().print(status.run() + " has not ended; `apprentice follow " + status.run()
                    + "` shows its progress.");
            summary.printScores(status);
            return 0;
        }
        summary.print(status, losses(status, trainer).evaluations());
        return 0;
    }

    private static LossHistory losses(RunStatus run, TrainerClient trainer) {
        LossHistory history = new LossHistory();
        trainer.progress(run.run(), Optional.empty(), (id, progress) -> history.add(progress));
        return history;
    }

    /** Returns the whole report. It has the losses of ended runs only, since the progress of a running one is a stream without an end. */
    private static WholeReport whole(RunStatus run, TrainerClient trainer, JudgeClient judge) {
        Optional<GradedRun> grades = judge.runs().stream().filter(each -> each.run().equals(run.run())).findFirst();
        LossHistory history = run.phase().isFinal() ? losses(run, trainer) : new LossHistory();
        return WholeReport.of(run, RunState.of(run, grades).toString(), history.evaluations(), steps(run, judge));
    }

    private static JsonNode steps(RunStatus run, JudgeClient judge) {
        return ServiceException.found(() -> judge.wholeReport(run.run()).path("steps")).orElseGet(JsonNodeFactory.instance::arrayNode);
    }
}
