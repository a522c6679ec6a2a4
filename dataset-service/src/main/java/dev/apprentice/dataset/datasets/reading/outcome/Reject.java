package dev.apprentice.dataset.datasets.reading.outcome;

import dev.apprentice.contracts.Shortened;
import java.util.List;

/**
 * An entry that was left out, in the form of the rejects file, so that it can be mended and sent again.
 *
 * @param violations what is wrong with it, at least one
 * @param content the entry as it came, truncated if it is long
 */
public record Reject(List<Violation> violations, String content) {

    private static final int LONGEST = 10_000;

    public Reject {
        violations = List.copyOf(violations);
        content = Shortened.to(LONGEST, content);
    }
}
