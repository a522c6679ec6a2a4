package dev.apprentice.cli.command.model;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.AnswerListener;
import dev.apprentice.cli.client.InferenceClient;
import dev.apprentice.cli.client.Question;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.command.option.CheckpointName;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Asks a tuned model one instruction. */
@Command(name = "ask", description = "Asks a tuned model one instruction.", mixinStandardHelpOptions = true)
public final class AskCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    @ParentCommand private Apprentice apprentice;

    @Parameters(paramLabel = "INSTRUCTION", description = "What is asked; - reads it from standard input.")
    private String instruction;

    @Option(names = "--input", paramLabel = "TEXT", description = "What it is asked about; - reads it from standard input.")
    private Optional<String> input;

    @Option(
            names = "--run",
            paramLabel = CheckpointName.LABEL,
            description = "The run whose newest model answers; RUN@STEP, RUN@best and RUN@last choose another (default: the"
                    + " newest trained one of all runs).")
    private Optional<String> run;

    @Option(names = "--step", paramLabel = "N", description = "The step by itself, as RUN@N names it; 0 is the base model.")
    private Optional<Integer> step;

    @Option(names = "--max-new-tokens", paramLabel = "N", description = "Tokens the answer may have (default: 256).")
    private Optional<Integer> maxNewTokens;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Sampling temperature; 0 is greedy decoding (default: 0).")
    private Optional<Double> temperature;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Nucleus sampling: sample from the likeliest tokens that together reach this probability.")
    private Optional<Double> topP;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the sampling, for a reproducible answer (default: a new"
            + " one each time).")
    private Optional<Long> seed;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        boolean twice = instruction.equals(STANDARD_INPUT) && input.equals(Optional.of(STANDARD_INPUT));
        if (twice) {
            throw new CommandException("Standard input can be the instruction or the input, not both; write one of them out.");
        }
        InferenceClient inference = new InferenceClient(apprentice.system().ports());
        Optional<CheckpointName> named = run.map(CheckpointName::of);
        Optional<Integer> asked = named.isEmpty()
                ? step
                : named.get().step(step, new TrainerClient(apprentice.system().ports()));
        Optional<String> about = input.isPresent() ? Optional.of(text(input.get())) : input;
        inference.ask(
                new Question(
                        text(instruction), about, named.map(CheckpointName::run), asked, maxNewTokens, temperature, topP, seed, true),
                new Printed());
        apprentice.screen().print(""); // ends the answer's line
        return 0;
    }

    private static String text(String argument) throws IOException {
        if (!argument.equals(STANDARD_INPUT)) {
            return argument;
        }
        String read = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
        if (read.isEmpty()) {
            throw new CommandException("Standard input is empty; pipe the text in, or write it in place of the -.");
        }
        return read;
    }

    /** Prints the answer alone to standard output, and the checkpoint that gives it to standard error. */
    private final class Printed implements AnswerListener {

        private final Screen screen = apprentice.screen();

        @Override
        public void onModel(String run, int step) {
            spec.commandLine().getErr().println(run + ", step " + step + (step == 0 ? " (the base model)" : "") + ":");
        }

        @Override
        public void onText(String text) {
            screen.add(text);
        }
    }
}
