package dev.apprentice.lab;

import dev.apprentice.cli.CommandLines;
import dev.apprentice.cli.HomeOption;
import dev.apprentice.cli.Version;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.lab.demo.DemoDataCommand;
import dev.apprentice.local.system.LocalSystem;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line of the laboratory. */
@Command(
        name = "apprentice-lab",
        description = "Measures and stress-tests systems that it starts, and checks the packages; for developers of Apprentice.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ChaosCommand.class, SoakCommand.class, DemoDataCommand.class, BaseModelCommand.class, LicencesCommand.class,
            HelpCommand.class})
public final class Lab implements Callable<Integer> {

    @Mixin private HomeOption home;

    @Spec private CommandSpec spec;

    private final Screen screen;

    Lab(Screen screen) {
        this.screen = screen;
    }

    /** Runs one command and exits with its status: 0 done, 1 not done or a check failed, 2 not understood. */
    public static void main(String[] arguments) {
        System.exit(CommandLines.of(new Lab(Screen.standard())).execute(arguments));
    }

    /** Prints the usage, since no command was given. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.USAGE;
    }

    Screen screen() {
        return screen;
    }

    /** Returns a system in the given folder inside {@code --home}. */
    LocalSystem system(String folder) {
        return home.system(folder);
    }
}
