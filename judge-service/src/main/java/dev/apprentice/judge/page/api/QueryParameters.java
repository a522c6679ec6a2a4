package dev.apprentice.judge.page.api;

import dev.apprentice.judge.Problems;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads query parameters, or fails with a problem that says what they must be. */
final class QueryParameters {

    /** A decimal number. Java's own parser also accepts NaN, 1d and hexadecimal numbers. */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?");

    private QueryParameters() {}

    /** Reads a checkpoint's step in a path. */
    static int step(String value) {
        return number("step", value, 0);
    }

    static int number(String name, String value, int atLeast) {
        return whole(value)
                .filter(number -> number >= atLeast)
                .orElseThrow(() -> Problems.badParameter(name, value, "a whole number of at least " + atLeast));
    }

    private static Optional<Integer> whole(String value) {
        return value.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(value)) : Optional.empty();
    }

    static int number(String name, Optional<String> value, int atLeast, int atMost, int fallback) {
        int number = value.map(text -> number(name, text, atLeast)).orElse(fallback);
        if (number > atMost) {
            throw Problems.badParameter(name, value.orElse(""), "at most " + atMost);
        }
        return number;
    }

    static double decimal(String name, Optional<String> value, double fallback) {
        return value.map(text -> {
            if (!DECIMAL.matcher(text).matches()) {
                throw Problems.badParameter(name, text, "a number such as 0.5");
            }
            return Double.parseDouble(text);
        }).orElse(fallback);
    }

    static <E extends Enum<E>> Optional<E> oneOf(String name, Optional<String> value, Class<E> type) {
        return value.map(text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> Problems.badParameter(
                        name,
                        text,
                        "one of " + Arrays.stream(type.getEnumConstants())
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")))));
    }

    /** Returns the value unless it is blank: forms send empty parameters. */
    static Optional<String> given(Optional<String> value) {
        return value.filter(text -> !text.isBlank());
    }
}
