package dev.apprentice.cli.command.run;

import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.local.CommandException;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Parameters;

/** The optional argument that names a run; the default is the one that was started last. Cancelling or resuming a run does not count. */
public final class LastRun {

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "The run's name (default: the last one started); `apprentice runs` lists them.")
    private Optional<String> run;

    /**
     * Returns the run's name.
     *
     * @param told gets a line with the name if the user did not give one
     * @throws CommandException if none is named and there are no runs
     */
    String name(TrainerClient trainer, Consumer<String> told) {
        return run.orElseGet(() -> newest(trainer, told));
    }

    /** Returns the name of the run that was started last, as {@link #name} does if none is named. */
    static String newest(TrainerClient trainer, Consumer<String> told) {
        String last = trainer.runs().stream()
                .max(Comparator.comparing(RunStatus::begunAt))
                .map(RunStatus::run)
                .orElseThrow(() -> new CommandException("There are no runs yet; start one with `apprentice tune`."));
        told.accept("Run " + last + ", the last one started.");
        return last;
    }
}
