package dev.apprentice.contracts;

import java.util.Collection;
import java.util.List;

/** Checks that records make in their constructors. Each message names the field, so an invalid record's error explains itself. */
public final class Require {

    private static final int LONGEST_SHOWN = 100;

    private Require() {}

    /** Returns a value as messages show it: shortened, since one value may have eight million characters. */
    public static String shown(String value) {
        return Shortened.to(LONGEST_SHOWN, value);
    }

    public static <T> T present(T value, String field) {
        if (value == null) {
            throw new InvalidEventException("field '" + field + "' is missing");
        }
        return value;
    }

    public static String text(String value, String field) {
        if (present(value, field).isBlank()) {
            throw new InvalidEventException("field '" + field + "' is empty");
        }
        return value;
    }

    /** Requires a name that can be part of a topic, a key or a folder: 1 to 100 letters, digits, '.', '_' and '-'. */
    public static String name(String value, String field) {
        if (!Names.isValid(text(value, field))) {
            throw new InvalidEventException("field '" + field + "' is '" + shown(value) + "'; " + Names.RULE);
        }
        return value;
    }

    public static int atLeast(int minimum, int value, String field) {
        if (value < minimum) {
            throw new InvalidEventException("field '" + field + "' is " + value + "; it must be at least " + minimum);
        }
        return value;
    }

    public static long atLeast(long minimum, long value, String field) {
        if (value < minimum) {
            throw new InvalidEventException("field '" + field + "' is " + value + "; it must be at least " + minimum);
        }
        return value;
    }

    /** Requires a value between two bounds. NaN is refused. */
    public static double between(double minimum, double maximum, Double value, String field) {
        if (!(present(value, field) >= minimum && value <= maximum)) {
            throw new InvalidEventException(
                    "field '" + field + "' is " + value + "; it must be from " + minimum + " to " + maximum);
        }
        return value;
    }

    public static double finiteAtLeast(double minimum, Double value, String field) {
        if (!(present(value, field) >= minimum && Double.isFinite(value))) {
            throw new InvalidEventException(
                    "field '" + field + "' is " + value + "; it must be a finite number and at least " + minimum);
        }
        return value;
    }

    /** Returns an immutable copy, empty for null. A null element is refused. */
    public static <E> List<E> elements(List<E> values, String field) {
        if (values == null) {
            return List.of();
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) == null) {
                throw new InvalidEventException("field '" + field + "[" + i + "]' is null");
            }
        }
        return List.copyOf(values);
    }

    public static <C extends Collection<?>> C notEmpty(C value, String field) {
        if (present(value, field).isEmpty()) {
            throw new InvalidEventException("field '" + field + "' is empty");
        }
        return value;
    }
}
