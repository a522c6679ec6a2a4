package dev.apprentice.contracts;

import java.util.regex.Pattern;

/** The rule for names of runs, datasets and examples, which become part of topics, keys, folders and URLs. */
public final class Names {

    /** The rule in words, for the end of an error message. */
    public static final String RULE =
            "a name has 1 to 100 letters, digits, '.', '_' or '-' and starts with a letter or digit";

    /**
     * A name that no new run may have, since {@code GET /reports/compare} compares runs and could not return its report. A run that
     * an earlier version gave this name is still read and trained.
     */
    public static final String RESERVED_RUN = "compare";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private Names() {}

    public static boolean isValid(String name) {
        return name != null && VALID.matcher(name).matches();
    }
}
