package dev.apprentice.cli;

import dev.apprentice.local.system.Installation;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.SystemFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --home}, before a command or after it. */
public final class HomeOption {

    @Option(
            names = "--home",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = "${env:APPRENTICE_HOME:-${sys:user.home}/.apprentice}",
            description = "The folder the local system lives in (default: $APPRENTICE_HOME, else ~/.apprentice).")
    private Path home;

    /** The folder that it names. */
    public SystemFolder folder() {
        return new SystemFolder(home);
    }

    /** The system in that folder. */
    public LocalSystem system() {
        return new LocalSystem(Installation.current(), folder());
    }

    /** A system in a folder of its own below that one. */
    public LocalSystem system(String folder) {
        return new LocalSystem(Installation.current(), new SystemFolder(home.resolve(folder)));
    }
}
