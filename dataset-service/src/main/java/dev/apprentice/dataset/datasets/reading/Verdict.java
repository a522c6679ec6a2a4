package dev.apprentice.dataset.datasets.reading;

import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import java.util.List;
import java.util.Optional;

/** Decides whether data becomes a dataset, after all of it was read. */
final class Verdict {

    static final String EXPECTED =
            "send a JSON array or JSON lines of objects with 'instruction', 'output' and optionally 'input' and 'id'";

    private Verdict() {}

    /**
     * Returns why the data is refused; empty if it is accepted.
     *
     * @param absent a sentence without its full stop for each mapped field that no entry has
     * @param isStrict whether one unusable entry has all of the data refused
     */
    static Optional<InvalidDatasetException> refusal(
            ReadingAccount account, UnknownLayout unknown, List<String> absent, boolean isStrict) {
        boolean isNone = account.accepted() == 0;
        Optional<InvalidDatasetException> ofAll = isNone ? unknown.refusal(account.refused(), !absent.isEmpty()) : Optional.empty();
        if (ofAll.isPresent()) {
            return ofAll;
        }
        if (isNone && !absent.isEmpty()) {
            return Optional.of(new InvalidDatasetException(String.join(". ", absent) + ". Name what there is; nothing was stored.",
                    "No entry has a field that was named; nothing was stored.", List.of(), 0, account.refused()));
        }
        if (!account.isClean() && (isStrict || isNone)) {
            return refusal(account, "%d of %d entries cannot be used; nothing was stored.".formatted(account.refused(), account.all()));
        }
        if (account.all() == 0) {
            return refusal(account, "The data holds no entries; " + EXPECTED + ".");
        }
        return isNone
                ? refusal(account, "The filter and the sample leave none of %,d rows; choose others. Nothing was stored.".formatted(account.all()))
                : Optional.empty();
    }

    private static Optional<InvalidDatasetException> refusal(ReadingAccount account, String message) {
        return Optional.of(account.refusal(message, message));
    }
}
