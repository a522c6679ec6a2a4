package dev.apprentice.contracts;

import java.util.regex.Pattern;

/** What a run, a dataset or an example may be called: the name becomes part of topics, keys, folders and URLs. */
public final class Names {

    /** The rule in words, to end an error message with. */
    public static final String RULE =
            "a name has 1 to 100 letters, digits, '.', '_' or '-' and starts with a letter or digit";

    /**
     * What no new run may be called, because its report could not be asked for: {@code GET /reports/compare} compares runs. A
     * run that an earlier version gave this name is still read and trained.
     */
    public static final String RESERVED_RUN = "compare";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private Names() {}

    public static boolean isValid(String name) {
        return name != null && VALID.matcher(name).matches();
    }
}
