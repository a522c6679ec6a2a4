package dev.apprentice.cli;

import dev.apprentice.cli.command.option.UserPath;
import dev.apprentice.local.system.Installation;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.SystemFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --home}, before a command or after it. */
public final class HomeOption {

    private static final String VARIABLE = "APPRENTICE_HOME";

    @Option(
            names = "--home",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "The folder the local system lives in (default: $APPRENTICE_HOME, else ~/.apprentice).")
    private Optional<Path> named = Optional.empty();

    /** The folder that it names. */
    public SystemFolder folder() {
        return new SystemFolder(home());
    }

    /** How a command that is shown says that it means this folder; nothing where it needs not. */
    public String repeated() {
        return named.isEmpty() ? "" : " --home '" + folder().home() + "'";
    }

    private Path home() {
        return named.or(() -> Optional.ofNullable(System.getenv(VARIABLE)).filter(text -> !text.isEmpty()).map(UserPath::of))
                .orElseGet(() -> UserPath.of("~/.apprentice"));
    }

    /** The system in that folder. */
    public LocalSystem system() {
        return new LocalSystem(Installation.current(), folder());
    }

    /** A system in a folder of its own below that one. */
    public LocalSystem system(String folder) {
        return new LocalSystem(Installation.current(), new SystemFolder(home().resolve(folder)));
    }
}
