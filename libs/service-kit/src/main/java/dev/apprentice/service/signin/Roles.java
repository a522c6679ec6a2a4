package dev.apprentice.service.signin;

import java.util.List;
import java.util.Set;

/** What a caller may do; each role may do what those before it may. Every endpoint names the least one that it needs. */
public final class Roles {

    /** Reads, and asks models questions. */
    public static final String VIEWER = "viewer";
    /** Brings data, and starts, cancels and resumes runs. */
    public static final String TRAINER = "trainer";
    /** Replaces what has been reported. */
    public static final String ADMIN = "admin";

    /** From the least to the most. */
    static final List<String> ALL = List.of(VIEWER, TRAINER, ADMIN);

    private Roles() {}

    /**
     * That role and those that it includes.
     *
     * @throws IllegalArgumentException for another name
     */
    static Set<String> upTo(String role) {
        int place = ALL.indexOf(role);
        if (place < 0) {
            throw new IllegalArgumentException("there is no role '" + role + "'; there are " + String.join(", ", ALL));
        }
        return Set.copyOf(ALL.subList(0, place + 1));
    }
}
