package dev.apprentice.service.signin;

import java.util.List;
import java.util.Set;

/** Roles of callers. Each role includes the permissions of the previous ones. Every endpoint names the lowest role that it needs. */
public final class Roles {

    /** Reads everything, and asks models questions. */
    public static final String VIEWER = "viewer";
    /** Uploads data, and starts, cancels and resumes runs. */
    public static final String TRAINER = "trainer";
    /** Has responses graded again, which replaces published scores. */
    public static final String ADMIN = "admin";

    /** All roles, lowest first. */
    static final List<String> ALL = List.of(VIEWER, TRAINER, ADMIN);

    private Roles() {}

    /**
     * Returns a role and those that it includes.
     *
     * @throws IllegalArgumentException if there is no such role
     */
    static Set<String> upTo(String role) {
        int place = ALL.indexOf(role);
        if (place < 0) {
            throw new IllegalArgumentException("there is no role '" + role + "'; there are " + String.join(", ", ALL));
        }
        return Set.copyOf(ALL.subList(0, place + 1));
    }
}
