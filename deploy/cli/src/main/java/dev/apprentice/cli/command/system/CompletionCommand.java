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

/** Has a shell complete commands and options. */
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

    /** The same script serves both: zsh reads it through its own bashcompinit, which the script asks for. */
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
