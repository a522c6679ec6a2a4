package dev.apprentice.cli.command.option;

import dev.apprentice.contracts.Training;
import dev.apprentice.contracts.settings.Described;
import dev.apprentice.contracts.settings.Setting;
import dev.apprentice.contracts.settings.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options for hyper-parameters of a command that begins runs: those that {@link Training} describes. */
public final class SettingOptions implements IModelTransformer {

    @Override
    public CommandSpec transform(CommandSpec command) {
        return command.addArgGroup(group(Training.class, "%nTraining (what is left out is the textbook's):%n"));
    }

    static ArgGroupSpec group(Class<? extends Record> settings, String heading) {
        ArgGroupSpec.Builder options = ArgGroupSpec.builder().exclusive(false).heading(heading);
        add(settings, options);
        return options.build();
    }

    private static void add(Class<? extends Record> settings, ArgGroupSpec.Builder options) {
        Record unsaid = Settings.unsaid(settings);
        for (Described described : Settings.of(settings)) {
            if (described.isGroup()) {
                ArgGroupSpec.Builder together = ArgGroupSpec.builder().exclusive(false);
                add(described.type().asSubclass(Record.class), together);
                options.addSubgroup(together.build());
            } else if (!described.setting().option().isEmpty()) {
                options.addArg(option(described, unsaid));
            }
        }
    }

    private static OptionSpec option(Described described, Record unsaid) {
        Setting setting = described.setting();
        OptionSpec.Builder option = OptionSpec.builder(setting.option()).description(description(described, unsaid));
        if (described.isFlag()) {
            return option.type(boolean.class).arity("0").build();
        }
        option.paramLabel(setting.label()).arity("1").required(described.isRequired(unsaid));
        if (described.isList()) {
            return option.type(List.class).auxiliaryTypes(String.class).splitRegex(setting.separator()).build();
        }
        if (described.type() == Duration.class) {
            option.converters(new DurationConverter());
        }
        return option.type(described.type()).build();
    }

    private static String description(Described described, Record unsaid) {
        String choices = described.type().isEnum()
                ? Arrays.stream(described.type().getEnumConstants()).map(SettingOptions::plain).collect(Collectors.joining(", ", ": ", ""))
                : "";
        String otherwise = described.in(unsaid)
                .filter(value -> !value.equals(List.of()))
                .map(SettingOptions::plain)
                .orElse(described.setting().unset());
        String ending = described.isFlag() || otherwise.isEmpty() ? "." : " (default: " + otherwise + ").";
        return described.setting().value() + choices + ending;
    }

    /** Such as {@code 8}, {@code 5e-5} or {@code cosine}. */
    private static String plain(Object value) {
        return value instanceof Double number && number == Math.rint(number)
                ? Long.toString(number.longValue())
                : value.toString().replace(".0E", "e").toLowerCase(Locale.ROOT);
    }

    /** What was given on the command line, by the names of {@link Training}. */
    public static Map<String, Object> given(CommandSpec command) {
        return given(Training.class, command);
    }

    static Map<String, Object> given(Class<? extends Record> settings, CommandSpec command) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (Described described : Settings.of(settings)) {
            if (described.isGroup()) {
                Map<String, Object> within = given(described.type().asSubclass(Record.class), command);
                if (!within.isEmpty()) {
                    given.put(described.name(), within);
                }
            } else if (command.commandLine().getParseResult().hasMatchedOption(described.setting().option())) {
                Object value = command.findOption(described.setting().option()).getValue();
                given.put(described.name(), value instanceof Duration ? value.toString() : value);
            }
        }
        return given;
    }
}
