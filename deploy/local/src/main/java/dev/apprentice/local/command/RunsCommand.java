package dev.apprentice.local.command;

import dev.apprentice.contracts.Progress;
import dev.apprentice.local.Apprentice;
import dev.apprentice.local.client.Place;
import dev.apprentice.local.client.RunStatus;
import dev.apprentice.local.client.TrainerClient;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Lists the runs. */
@Command(
        name = "runs",
        description = "Lists the runs, oldest first: how far each is, and which of its checkpoints are still there.",
        mixinStandardHelpOptions = true)
public final class RunsCommand implements Callable<Integer> {

    private static final int MOST_STEPS = 6;

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

    static String line(RunStatus run) {
        return String.format(
                        "%-40s %-13s %s%s",
                        run.run(),
                        run.phase().name().toLowerCase(Locale.ROOT),
                        run.progress().map(RunsCommand::words).orElse(""),
                        checkpoints(run))
                .stripTrailing();
    }

    /** Those that were announced and are gone were removed to keep few, or by somebody. */
    private static String checkpoints(RunStatus run) {
        List<String> there = run.checkpoints().stream()
                .filter(checkpoint -> Place.of(checkpoint).isThere())
                .map(checkpoint -> Integer.toString(checkpoint.step()))
                .toList();
        if (run.checkpoints().isEmpty()) {
            return "";
        }
        return there.isEmpty()
                ? "; its checkpoints were removed"
                : "; checkpoints " + shortened(there) + (there.size() < run.checkpoints().size() ? ", others were removed" : "");
    }

    private static String shortened(List<String> steps) {
        int last = steps.size() - 1;
        return steps.size() <= MOST_STEPS
                ? String.join(", ", steps)
                : steps.get(0) + ", " + steps.get(1) + ", … " + steps.get(last) + " (" + steps.size() + " in all)";
    }

    private static String words(Progress progress) {
        String steps = progress.steps().map(total -> "step " + progress.step() + "/" + total).orElse("");
        return progress.message().orElse(steps);
    }
}
