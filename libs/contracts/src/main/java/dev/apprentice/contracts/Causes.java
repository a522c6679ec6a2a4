package dev.apprentice.contracts;

import java.util.Objects;
import java.util.stream.Stream;

/** The chain of an exception's causes. */
public final class Causes {

    private Causes() {}

    /** Returns the exception itself, then its causes from the outside in. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** Tells whether the exception or one of its causes is of this type. */
    public static boolean include(Class<? extends Throwable> kind, Throwable failure) {
        return of(failure).anyMatch(kind::isInstance);
    }
}
