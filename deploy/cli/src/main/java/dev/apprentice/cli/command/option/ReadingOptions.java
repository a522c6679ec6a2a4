package dev.apprentice.cli.command.option;

import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Source;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** Adds the options of a command that has data read: those that {@link DataReading} describes. */
public final class ReadingOptions implements IModelTransformer {

    @Override
    public CommandSpec transform(CommandSpec command) {
        return command.addArgGroup(SettingOptions.group(DataReading.USUAL, Source.DATASET, "%nReading the data:%n"));
    }

    /** Adds the options of a command that also shows a model's rows. */
    public static final class AndRows implements IModelTransformer {

        private static final Set<String> ROWS = Set.of("maxLength", "overlong");

        @Override
        public CommandSpec transform(CommandSpec command) {
            return new ReadingOptions().transform(command).addArgGroup(SettingOptions.group(DataSource.named("unsaid"),
                    described -> ROWS.contains(described.name()), "%nFrom examples to rows:%n"));
        }
    }

    /** Returns the given options for turning examples into rows, by the names of {@link DataSource}. */
    public static Map<String, Object> rows(CommandSpec command) {
        return SettingOptions.given(DataSource.class, command);
    }

    /** Returns the given options for reading data, by the names of {@link DataReading}. */
    public static Map<String, Object> given(CommandSpec command) {
        return SettingOptions.given(DataReading.class, command);
    }
}
