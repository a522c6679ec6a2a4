package dev.apprentice.cli;

import dev.apprentice.cli.command.option.UserPath;
import dev.apprentice.local.system.Installation;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.SystemFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The option {@code --home}, which may stand before a command or after it. */
public final class HomeOption {

    private static final String VARIABLE = "APPRENTICE_HOME";

    @Option(
            names = "--home",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "The folder of the local system (default: $APPRENTICE_HOME, else ~/.apprentice).")
    private Optional<Path> named = Optional.empty();

    /** Returns the folder that {@code --home} names, or the default one. */
    public SystemFolder folder() {
        return new SystemFolder(home());
    }

    /** Returns the {@code --home} option that a command shown to the user needs; empty if this command was called without it. */
    public String repeated() {
        return named.isEmpty() ? "" : " --home '" + folder().home() + "'";
    }

    private Path home() {
        return named.or(() -> Optional.ofNullable(System.getenv(VARIABLE)).filter(text -> !text.isEmpty()).map(UserPath::of))
                .orElseGet(() -> UserPath.of("~/.apprentice"));
    }

    /** Returns the system in the folder that {@code --home} names. */
    public LocalSystem system() {
        return new LocalSystem(Installation.current(), folder());
    }

    /** Returns a system in the given folder inside {@code --home}. */
    public LocalSystem system(String folder) {
        return new LocalSystem(Installation.current(), new SystemFolder(home().resolve(folder)));
    }
}
