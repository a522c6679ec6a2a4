package dev.apprentice.cli.command.run;

import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.settings.Described;
import dev.apprentice.contracts.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Replaces names of fields by the options that a user types, in a service's refusal or in the reason why a run failed. */
public final class OptionNames {

    /** Matches a field of a run, the field at the start of a violation in a list, or a quoted field after "in". */
    private static final Pattern FIELD = Pattern.compile(
            "(?<![\\w./\\\\-])(training|data|generation|model)\\.([a-zA-Z]+)(?:\\.([a-zA-Z]+))?(?![\\w/\\\\])"
                    + "|(?<=\\n  - )([a-zA-Z]+)(?= )|(?<= in )'([a-zA-Z]+)'");

    /** Option names that do not follow from the field's name. */
    private static final Map<String, String> OTHERS = Map.of(
            "prompt-style", "--prompt",
            "location", "--model",
            "start", "--from-scratch",
            "split-policy", "--split");

    /** The commands that start a run; other commands show messages about their runs. */
    private static final List<CommandSpec> OF_RUNS =
            Stream.of(new TuneCommand(), new StreamCommand()).map(command -> new CommandLine(command).getCommandSpec()).toList();

    private OptionNames() {}

    /** Replaces fields in a message about a run. A field without an option is unchanged. */
    public static String in(String words) {
        return replaced(words, OF_RUNS);
    }

    /** Replaces fields in the response to a command, by that command's options first. */
    public static String in(String words, CommandSpec command) {
        return replaced(words, Stream.concat(Stream.of(command), OF_RUNS.stream()).toList());
    }

    private static String replaced(String words, List<CommandSpec> commands) {
        return FIELD.matcher(words).replaceAll(field -> {
            String option = option(field);
            boolean known = commands.stream().anyMatch(command -> command.optionsMap().containsKey(option));
            return Matcher.quoteReplacement(known ? option : field.group());
        });
    }

    private static String option(MatchResult field) {
        if (field.group(1) == null) {
            return named(field.group(4) == null ? field.group(5) : field.group(4), null);
        }
        return field.group(1).equals("training")
                ? described(Training.class, field.group(2), field.group(3))
                : named(field.group(2), field.group(3));
    }

    private static String described(Class<? extends Record> settings, String name, String within) {
        for (Described described : Settings.of(settings)) {
            if (described.name().equals(name)) {
                return within != null && described.isGroup()
                        ? described(described.type().asSubclass(Record.class), within, null)
                        : described.setting().option();
            }
        }
        return "";
    }

    private static String named(String field, String within) {
        String name = within == null ? kebab(field) : kebab(field) + "-" + kebab(within);
        return OTHERS.getOrDefault(name, "--" + name);
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
