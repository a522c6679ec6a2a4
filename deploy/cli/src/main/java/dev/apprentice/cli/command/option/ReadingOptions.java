package dev.apprentice.cli.command.option;

import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.DataSource.Source;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** The options of a command that has data read: those that {@link DataReading} describes. */
public final class ReadingOptions implements IModelTransformer {

    @Override
    public CommandSpec transform(CommandSpec command) {
        return command.addArgGroup(SettingOptions.group(DataReading.USUAL, Source.DATASET, "%nReading the data:%n"));
    }

    /** What was given on the command line, by the names of {@link DataReading}. */
    public static Map<String, Object> given(CommandSpec command) {
        return SettingOptions.given(DataReading.class, command);
    }
}
