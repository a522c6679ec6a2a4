package dev.apprentice.local.command;

import dev.apprentice.contracts.Progress;
import dev.apprentice.local.Apprentice;
import dev.apprentice.local.client.RunStatus;
import dev.apprentice.local.client.TrainerClient;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Lists the runs. */
@Command(name = "runs", description = "Lists the runs, oldest first.", mixinStandardHelpOptions = true)
public final class RunsCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Override
    public Integer call() {
        List<RunStatus> runs = new TrainerClient(apprentice.system().ports()).runs();
        if (runs.isEmpty()) {
            apprentice.screen().print("There are no runs yet; start one with `apprentice tune`.");
        }
        runs.forEach(run -> apprentice.screen().print(line(run)));
        return 0;
    }

    private static String line(RunStatus run) {
        return String.format(
                "%-40s %-13s %s",
                run.run(),
                run.phase().name().toLowerCase(Locale.ROOT),
                run.progress().map(RunsCommand::words).orElse(""));
    }

    private static String words(Progress progress) {
        String steps = progress.steps().map(total -> "step " + progress.step() + "/" + total).orElse("");
        return progress.message().orElse(steps);
    }
}
