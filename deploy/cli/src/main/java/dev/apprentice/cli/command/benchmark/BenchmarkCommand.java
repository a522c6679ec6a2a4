package dev.apprentice.cli.command.benchmark;

import dev.apprentice.cli.Apprentice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The parent of the commands that measure this machine. */
@Command(
        name = "benchmark",
        description = "Measures how fast this machine trains, generates and prepares data; needs no running system.",
        synopsisSubcommandLabel = "(train | generate | prepare)",
        subcommands = {TrainBenchmarkCommand.class, GenerateBenchmarkCommand.class, PrepareBenchmarkCommand.class},
        mixinStandardHelpOptions = true)
public final class BenchmarkCommand implements Runnable {

    @ParentCommand private Apprentice apprentice;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a subcommand: train, generate or prepare.");
    }

    Apprentice apprentice() {
        return apprentice;
    }
}
