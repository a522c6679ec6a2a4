package dev.apprentice.lab;

import dev.apprentice.cli.terminal.Words;
import dev.apprentice.lab.licences.LicenceCheck;
import dev.apprentice.local.system.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Checks the licences of the packages' libraries against those that are allowed. */
@Command(
        name = "licences",
        description = "Reads the SBOM in each service's package and says which libraries are under a licence that is not allowed.",
        footer = {"", "Exits with 0 if every library is under an allowed licence, else with 1."},
        mixinStandardHelpOptions = true)
public final class LicencesCommand implements Callable<Integer> {

    @ParentCommand private Lab lab;

    @Option(
            names = "--allowed",
            paramLabel = "FILE",
            description = "Your own list: an SPDX identifier a line, or GROUP:NAME = IDENTIFIER (default: the project's).")
    private Optional<Path> allowed = Optional.empty();

    @Override
    public Integer call() throws IOException {
        LicenceCheck check = LicenceCheck.of(Installation.current().root(), allowed);
        check.lines().forEach(lab.screen()::print);
        List<String> refused = check.refused();
        refused.forEach(lab.screen()::print);
        lab.screen().print(refused.isEmpty()
                ? "Every library is under an allowed licence."
                : Words.counted(refused.size(), "library") + " must not be in a package; the list is " + check.list() + ".");
        return refused.isEmpty() ? 0 : 1;
    }
}
