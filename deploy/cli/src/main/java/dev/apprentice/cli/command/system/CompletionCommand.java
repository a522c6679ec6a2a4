package dev.apprentice.cli.command.system;

import dev.apprentice.cli.Apprentice;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints a script with which a shell completes commands and options. */
@Command(
        name = "completion",
        description = "Writes a script with which a shell completes commands and options.",
        footer = {
            "",
            "  source <(./apprentice completion bash)    # in ~/.bashrc to have it always",
            "  source <(./apprentice completion zsh)     # in ~/.zshrc"
        },
        mixinStandardHelpOptions = true)
public final class CompletionCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell;

    /** The shells; both use one script, which asks zsh for its bashcompinit. */
    enum Shell {
        bash,
        zsh
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        apprentice.screen().print(AutoComplete.bash(root.getCommandName(), root));
        return CommandLine.ExitCode.OK;
    }
}
