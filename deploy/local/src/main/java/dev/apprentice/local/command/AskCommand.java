package dev.apprentice.local.command;

import dev.apprentice.local.Apprentice;
import dev.apprentice.local.client.Answer;
import dev.apprentice.local.client.InferenceClient;
import dev.apprentice.local.client.Question;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Asks a tuned model. */
@Command(name = "ask", description = "Asks a tuned model one instruction.", mixinStandardHelpOptions = true)
public final class AskCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Parameters(paramLabel = "INSTRUCTION", description = "What is asked.")
    private String instruction;

    @Option(names = "--input", paramLabel = "TEXT", description = "What it is asked about.")
    private Optional<String> input;

    @Option(names = "--run", paramLabel = "RUN", description = "Whose model answers (default: the newest of all runs).")
    private Optional<String> run;

    @Option(names = "--step", paramLabel = "N", description = "Which of the run's checkpoints; 0 is the base model.")
    private Optional<Integer> step;

    @Option(names = "--max-new-tokens", paramLabel = "N", description = "Tokens the answer may have (default: 256).")
    private Optional<Integer> maxNewTokens;

    @Override
    public Integer call() {
        InferenceClient inference = new InferenceClient(apprentice.system().ports());
        Answer answer = inference.ask(new Question(instruction, input, run, step, maxNewTokens));
        apprentice.screen().print(answer.response());
        return 0;
    }
}
