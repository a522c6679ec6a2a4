package dev.apprentice.lab;

import dev.apprentice.cli.command.option.DurationConverter;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.lab.chaos.Chaos;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.OwnSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Tests that results do not depend on which process dies when. */
@Command(
        name = "chaos",
        description = "Starts a system of its own, trains a small model undisturbed, then again while processes are killed"
                + " at random, and compares weights, losses, responses and scores.",
        footer = {"", "Exits with 0 if nothing differs, else with 1. Its files are in the folder chaos in --home."},
        mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {

    @ParentCommand private Lab lab;

    @Option(names = "--kills", paramLabel = "N", defaultValue = "10", description = "Processes to kill (default: 10).")
    private int kills;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Seed for which members are killed and when"
            + " (default: 1).")
    private long seed;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "1", description = "Length of each run (default: 1).")
    private int epochs;

    @Option(
            names = "--broker-away",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = DurationConverter.class,
            description = "How long a killed broker stays away, like 90s or 5m (default: ${DEFAULT-VALUE}).")
    private Duration brokerAway;

    @Override
    public Integer call() throws IOException {
        if (kills < 1 || epochs < 1) {
            throw new CommandException("--kills and --epochs must be at least 1.");
        }
        if (brokerAway.isNegative()) {
            throw new CommandException("--broker-away must be a time of 0 or more, like 90s.");
        }
        LocalSystem system = lab.system("chaos");
        Screen screen = lab.screen();
        try (OwnSystem own = OwnSystem.start(system, screen::print, () -> screen.end("Stopping the chaos run's system."))) {
            return new Chaos(system, screen, seed, epochs, brokerAway).run(kills) == 0 ? 0 : 1;
        }
    }
}
