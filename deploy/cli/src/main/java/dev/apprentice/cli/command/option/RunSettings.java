package dev.apprentice.cli.command.option;

import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.ModelSource.Start;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.RunSpecification.Generation;
import dev.apprentice.contracts.run.Training;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options of a command that starts runs: those that {@link RunSpecification} and its parts describe.
 *
 * @param data the given options, by the names of {@link DataSource}
 * @param training by the names of {@link Training}
 * @param generation by the names of {@link Generation}
 * @param grading by the names of {@link RunSpecification}
 */
public record RunSettings(Map<String, Object> data, Map<String, Object> training, Map<String, Object> generation, Map<String, Object> grading) {

    private static final RunSpecification UNSAID =
            RunSpecification.of(new ModelSource("unsaid", Start.PRETRAINED), DataSource.named("unsaid"));

    /** Returns the options that were given on the command line. */
    public static RunSettings of(CommandSpec command) {
        return new RunSettings(
                SettingOptions.given(DataSource.class, command),
                SettingOptions.given(Training.class, command),
                SettingOptions.given(Generation.class, command),
                SettingOptions.given(RunSpecification.class, command));
    }

    /** Tells whether no option was given. */
    public boolean isEmpty() {
        return data.isEmpty() && training.isEmpty() && generation.isEmpty() && grading.isEmpty();
    }

    private static void add(CommandSpec command, Source source) {
        command.addArgGroup(SettingOptions.group(DataSource.named("unsaid"), source, "%nFrom examples to rows:%n"))
                .addArgGroup(SettingOptions.group(Training.DEFAULTS, source, "%nTraining (what is left out is the textbook's):%n"))
                .addArgGroup(SettingOptions.group(Generation.DEFAULTS, source, "%nAnswering the test:%n"))
                .addArgGroup(SettingOptions.group(UNSAID, source, "%nGrading the answers:%n"));
    }

    /** Adds the options of a command that has a dataset read and starts a run that learns it. */
    public static final class OfDataset implements IModelTransformer {

        @Override
        public CommandSpec transform(CommandSpec command) {
            new ReadingOptions().transform(command);
            add(command, Source.DATASET);
            return command;
        }
    }

    /** Adds the options of a command that starts a stream. */
    public static final class OfStream implements IModelTransformer {

        @Override
        public CommandSpec transform(CommandSpec command) {
            add(command, Source.STREAM);
            return command;
        }
    }
}
