package dev.apprentice.cli.command.run;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that starts a run, except hyper-parameters. */
public final class RunOptions {

    @Option(names = "--run", paramLabel = "NAME", description = "The run's name (default: made of the dataset's and the time).")
    private Optional<String> run;

    @Option(names = "--prompt", paramLabel = "STYLE", description = {
        "alpaca, phi3, chatml, llama-2, llama-3, zephyr, vicuna or plain (default: alpaca); model for the model's own chat"
                + " template; or a Jinja file of yours that ends with .jinja."
    })
    private Optional<String> prompt;

    @Option(names = "--judge-later", description = "Start the run even if a judge cannot grade now; answers wait for it.")
    private boolean judgeLater;

    /** Returns the run's name; empty if trainer-service chooses it. */
    Optional<String> run() {
        return run;
    }

    /** Returns the prompt style; empty for the default. */
    Optional<String> prompt() {
        return prompt;
    }

    /** Tells whether the run may start although a judge is away. */
    boolean judgeLater() {
        return judgeLater;
    }

    boolean isEmpty() {
        return run.isEmpty() && prompt.isEmpty() && !judgeLater;
    }
}
