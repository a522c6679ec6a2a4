package dev.apprentice.local.command;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** Puts the options that a person typed in place of the fields that a service's refusal names. */
final class OptionNames {

    private static final Pattern FIELD =
            Pattern.compile("\\b(?:training|data|generation|model)\\.([a-zA-Z]+)(?:\\.([a-zA-Z]+))?");
    /** Where an option's name does not follow from the field's. */
    private static final Map<String, String> OTHERS = Map.of(
            "prompt-style", "--prompt",
            "mask-instruction", "--answer-only",
            "keep-checkpoints-last", "--keep-last",
            "keep-checkpoints-best", "--keep-best",
            "location", "--model",
            "start", "--from-scratch",
            "split-policy", "--split");

    private OptionNames() {}

    /** A field that the command has no option for stays as it is. */
    static String in(String refusal, CommandSpec command) {
        return FIELD.matcher(refusal).replaceAll(field -> Matcher.quoteReplacement(option(field, command)));
    }

    private static String option(MatchResult field, CommandSpec command) {
        String name = kebab(field.group(1));
        if (field.group(2) != null) {
            name += "-" + kebab(field.group(2));
        }
        String option = OTHERS.getOrDefault(name, "--" + name);
        return command.optionsMap().containsKey(option) ? option : field.group();
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
