package dev.apprentice.cli.recipe;

import dev.apprentice.cli.command.option.DurationConverter;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.settings.Described;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** Parses texts of single values. */
final class ScalarText {

    private static final String WHOLE = "[-+]?[0-9_]+";
    private static final String NUMBER = "[-+]?([0-9_]+\\.?[0-9_]*|\\.[0-9]+)([eE][-+]?[0-9]+)?";

    private ScalarText() {}

    /** Returns the value of the text for this key; empty if it is not valid. */
    static Optional<Object> value(Described key, String text) {
        try {
            return Optional.ofNullable(parsed(key.type(), text.strip(), text));
        } catch (NumberFormatException | TypeConversionException e) {
            return Optional.empty(); // the caller reports what the value must be
        }
    }

    private static Object parsed(Class<?> type, String text, String asWritten) {
        if (type == String.class) {
            return asWritten;
        }
        if (type == Boolean.class) {
            return text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : null;
        }
        if (type == Integer.class) {
            return text.matches(WHOLE) ? Integer.valueOf(text.replace("_", "")) : null;
        }
        if (type == Long.class) {
            return text.matches(WHOLE) ? Long.valueOf(text.replace("_", "")) : null;
        }
        if (type == Double.class) {
            return text.matches(NUMBER) ? Double.valueOf(text.replace("_", "")) : null;
        }
        if (type == Duration.class) {
            return new DurationConverter().convert(text);
        }
        return constant(type, text);
    }

    /** Returns a constant by its name in any case, or by another name that requests accept. */
    private static Object constant(Class<?> type, String text) {
        for (String spelled : new String[] {text.toUpperCase(Locale.ROOT), text.toLowerCase(Locale.ROOT)}) {
            try {
                return Json.MAPPER.convertValue(spelled, type);
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        return null;
    }

    /** Returns a phrase about what a value of the key must be. */
    static String rule(Described key) {
        return "it must be " + kind(key);
    }

    private static String kind(Described key) {
        Class<?> type = key.type();
        if (key.isList()) {
            return "a list such as [one, two]";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == Double.class) {
            return "a number";
        }
        if (type == Duration.class) {
            return "a time such as 90s, 10m or 1h30m";
        }
        return type.isEnum() ? "one of " + choices(type) : "a text";
    }

    private static String choices(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(each -> each.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** Returns the value as it is written in a request. */
    static Object asJson(Object value) {
        return value instanceof Duration ? value.toString() : value;
    }
}
