package dev.apprentice.cli.command.run;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.answer.Regraded;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Asks judges to grade a run's answers again. */
@Command(
        name = "regrade",
        description = "Asks judges again about every answer of a run, including those already scored.",
        mixinStandardHelpOptions = true)
public final class RegradeCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Parameters(paramLabel = "RUN", description = "The run's name; `apprentice runs` lists them.")
    private String run;

    @Option(
            names = "--judge",
            paramLabel = "JUDGES",
            description = "The judges to ask instead of the run's own, such as llama3,openai:qwen3@five-point. Scores of other"
                    + " judges stay.")
    private Optional<String> judge = Optional.empty();

    @Override
    public Integer call() {
        Regraded begun = new JudgeClient(apprentice.system().ports()).regrade(run, judge);
        apprentice.screen().print(begun.responses() + " answers of " + run + " are graded again by "
                + String.join(", ", begun.judges()) + ". See how it goes with `apprentice report " + run + "`.");
        return 0;
    }
}
