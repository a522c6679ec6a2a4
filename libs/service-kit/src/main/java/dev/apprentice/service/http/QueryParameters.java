package dev.apprentice.service.http;

import dev.apprentice.contracts.Require;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads query parameters, or fails with a problem that says what they must be. Endpoints take them as text: a value that Quarkus
 * cannot convert is answered with 404, and {@code ?check=yes} means false.
 */
public final class QueryParameters {

    /** A decimal number. Java's own parser also accepts NaN, 1d and hexadecimal numbers. */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?");

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,30}");

    private QueryParameters() {}

    /** Returns the value unless it is blank: forms send empty parameters. */
    public static Optional<String> given(Optional<String> value) {
        return value.filter(text -> !text.isBlank());
    }

    /** @throws HttpProblem unless the value is a whole number from {@code atLeast} to {@code atMost} */
    public static long whole(String name, String value, long atLeast, long atMost) {
        BigInteger number = WHOLE.matcher(value).matches() ? new BigInteger(value) : null;
        if (number == null || number.compareTo(BigInteger.valueOf(atLeast)) < 0) {
            throw unusable(name, value, "a whole number of at least " + atLeast);
        }
        if (number.compareTo(BigInteger.valueOf(atMost)) > 0) {
            throw unusable(name, value, "at most " + atMost);
        }
        return number.longValueExact();
    }

    /** @throws HttpProblem unless the value is a whole number of at least {@code atLeast} that fits 32 bits */
    public static int number(String name, String value, int atLeast) {
        return (int) whole(name, value, atLeast, Integer.MAX_VALUE);
    }

    /** @throws HttpProblem unless the value is a whole number from {@code atLeast} to {@code atMost} */
    public static int number(String name, String value, int atLeast, int atMost) {
        return (int) whole(name, value, atLeast, atMost);
    }

    /** @throws HttpProblem unless the value is a number, written as a decimal */
    public static double decimal(String name, String value) {
        if (!DECIMAL.matcher(value).matches()) {
            throw unusable(name, value, "a number such as 0.5");
        }
        return Double.parseDouble(value);
    }

    /** @throws HttpProblem unless the value is {@code true} or {@code false} */
    public static boolean flag(String name, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw unusable(name, value, "true or false");
        }
        return value.equals("true");
    }

    /** @throws HttpProblem unless the value is the name of a constant, in any case */
    public static <E extends Enum<E>> E oneOf(String name, String value, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> unusable(name, value, "one of " + Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))));
    }

    /** Returns the problem of a parameter's value. @param expected the end of "it must be" */
    public static HttpProblem unusable(String name, String value, String expected) {
        return HttpProblem.builder()
                .withStatus(Status.BAD_REQUEST)
                .withTitle("Unusable parameter")
                .withDetail("parameter '" + name + "' is '" + Require.shown(value) + "'; it must be " + expected)
                .build();
    }
}
