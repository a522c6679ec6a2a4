package dev.apprentice.cli.command.run;

import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.local.CommandException;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Parameters;

/** A run that may be named, and else is the one that was started last. */
public final class LastRun {

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "The run's name (default: the last one started); `apprentice runs` lists them.")
    private Optional<String> run;

    /**
     * Its name.
     *
     * @param told gets a line that names it where the person did not
     * @throws CommandException when none is named and there is none
     */
    String name(TrainerClient trainer, Consumer<String> told) {
        return run.orElseGet(() -> newest(trainer, told));
    }

    /** The name of the run that was started last, as {@link #name} has it where none is named. */
    static String newest(TrainerClient trainer, Consumer<String> told) {
        String last = trainer.runs().stream()
                .max(Comparator.comparing(RunStatus::requestedAt))
                .map(RunStatus::run)
                .orElseThrow(() -> new CommandException("There are no runs yet; start one with `apprentice tune`."));
        told.accept("Run " + last + ", the last one started.");
        return last;
    }
}
