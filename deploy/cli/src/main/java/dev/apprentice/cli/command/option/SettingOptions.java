package dev.apprentice.cli.command.option;

import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.settings.Described;
import dev.apprentice.contracts.settings.Setting;
import dev.apprentice.contracts.settings.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Makes options of a command from settings that a record describes with {@link Setting}. */
final class SettingOptions {

    private SettingOptions() {}

    /**
     * Returns a group of options.
     *
     * @param unsaid the record with the defaults
     * @param source what a run learns from; settings of other runs get no option
     */
    static ArgGroupSpec group(Record unsaid, Source source, String heading) {
        return group(unsaid, described -> described.isOf(source), heading);
    }

    /** Returns a group of options. @param wanted which settings get an option */
    static ArgGroupSpec group(Record unsaid, Predicate<Described> wanted, String heading) {
        ArgGroupSpec.Builder options = ArgGroupSpec.builder().exclusive(false).heading(heading);
        add(unsaid, wanted, options);
        return options.build();
    }

    private static void add(Record unsaid, Predicate<Described> wanted, ArgGroupSpec.Builder options) {
        for (Described described : Settings.of(unsaid.getClass())) {
            if (described.isGroup()) {
                ArgGroupSpec.Builder together = ArgGroupSpec.builder().exclusive(false);
                add(inner(described, unsaid), wanted, together);
                if (!together.args().isEmpty()) {
                    options.addSubgroup(together.build());
                }
            } else if (!described.setting().option().isEmpty() && wanted.test(described)) {
                options.addArg(option(described, unsaid));
            }
        }
    }

    private static Record inner(Described group, Record unsaid) {
        return group.in(unsaid).map(Record.class::cast).orElseGet(() -> Settings.unsaid(group.type().asSubclass(Record.class)));
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

    /** Returns a value as text, such as {@code 8}, {@code 5e-5} or {@code cosine}. */
    private static String plain(Object value) {
        return value instanceof Double number && number == Math.rint(number)
                ? Long.toString(number.longValue())
                : value.toString().replace(".0E", "e").toLowerCase(Locale.ROOT);
    }

    /** Returns the options that were given on the command line, by the names of the record's components. */
    static Map<String, Object> given(Class<? extends Record> settings, CommandSpec command) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (Described described : Settings.of(settings)) {
            if (described.isGroup()) {
                Map<String, Object> within = given(described.type().asSubclass(Record.class), command);
                if (!within.isEmpty()) {
                    given.put(described.name(), within);
                }
            } else if (!described.setting().option().isEmpty()
                    && command.commandLine().getParseResult().hasMatchedOption(described.setting().option())) {
                Object value = command.findOption(described.setting().option()).getValue();
                given.put(described.name(), value instanceof Duration ? value.toString() : value);
            }
        }
        return given;
    }
}
