package dev.apprentice.cli.command.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.InferenceClient;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.answer.Answered;
import dev.apprentice.cli.command.option.CheckpointName;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.system.Ports;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes the test answers of a checkpoint. */
@Command(
        name = "responses",
        description = "Writes a checkpoint's test answers as JSON, in the form of the textbook's file.",
        mixinStandardHelpOptions = true)
public final class ResponsesCommand implements Callable<Integer> {

    @ParentCommand private Apprentice apprentice;

    @Parameters(
            arity = "0..1",
            paramLabel = CheckpointName.LABEL,
            description = "The run (default: the last one started) with its newest checkpoint; RUN@STEP, RUN@best or RUN@last"
                    + " choose another.")
    private Optional<String> named;

    @Option(names = "--step", paramLabel = "N", description = "The step by itself, as RUN@N names it; 0 is the base model.")
    private Optional<Integer> step;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        Ports ports = apprentice.system().ports();
        TrainerClient trainer = new TrainerClient(ports);
        // the run's name goes to standard error, since standard output is a JSON file
        CheckpointName checkpoint =
                CheckpointName.of(named.orElseGet(() -> LastRun.newest(trainer, spec.commandLine().getErr()::println)));
        Answered answered = new InferenceClient(ports).responses(checkpoint.run(), checkpoint.step(step, trainer));
        apprentice.screen().print(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(answered.examples()));
        if (!answered.complete()) {
            spec.commandLine().getErr().printf(
                    "%d of %d questions of step %d are answered so far.%n",
                    answered.examples().size(), answered.questions(), answered.step());
        }
        return 0;
    }
}
