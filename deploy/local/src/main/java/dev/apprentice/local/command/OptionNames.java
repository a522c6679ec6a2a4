package dev.apprentice.local.command;

import dev.apprentice.contracts.Training;
import dev.apprentice.contracts.settings.Described;
import dev.apprentice.contracts.settings.Settings;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** Puts the options that a person typed in place of the fields that a service's refusal names. */
final class OptionNames {

    private static final Pattern FIELD =
            Pattern.compile("\\b(training|data|generation|model)\\.([a-zA-Z]+)(?:\\.([a-zA-Z]+))?");
    /** Where an option's name does not follow from the field's. */
    private static final Map<String, String> OTHERS = Map.of(
            "prompt-style", "--prompt",
            "location", "--model",
            "start", "--from-scratch",
            "split-policy", "--split");

    private OptionNames() {}

    /** A field that the command has no option for stays as it is. */
    static String in(String refusal, CommandSpec command) {
        return FIELD.matcher(refusal).replaceAll(field -> Matcher.quoteReplacement(option(field, command)));
    }

    private static String option(MatchResult field, CommandSpec command) {
        String option = field.group(1).equals("training")
                ? described(Training.class, field.group(2), field.group(3))
                : named(field.group(2), field.group(3));
        return command.optionsMap().containsKey(option) ? option : field.group();
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
