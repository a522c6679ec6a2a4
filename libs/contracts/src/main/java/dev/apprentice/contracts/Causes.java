package dev.apprentice.contracts;

import java.util.Objects;
import java.util.stream.Stream;

/** An exception and its causes. */
public final class Causes {

    private Causes() {}

    /** The exception itself first. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** Whether one of them is of this kind. */
    public static boolean include(Class<? extends Throwable> kind, Throwable failure) {
        return of(failure).anyMatch(kind::isInstance);
    }
}
