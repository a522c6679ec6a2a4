package dev.apprentice.dataset.datasets.reading;

import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleSink;
import dev.apprentice.dataset.datasets.personal.PersonalData;
import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import dev.apprentice.dataset.datasets.reading.outcome.Omissions;
import dev.apprentice.dataset.datasets.reading.outcome.ReadingResult;
import dev.apprentice.dataset.datasets.reading.outcome.Reject;
import dev.apprentice.dataset.datasets.reading.outcome.RejectSink;
import dev.apprentice.dataset.datasets.reading.outcome.Violation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Passes examples to one sink and unusable entries to the other, and counts both. */
final class Delivery {

    private final ReadSettings settings;
    private final PersonalData personal;
    private final ReadingAccount account = new ReadingAccount();
    private final ExampleSink sink;
    private final RejectSink rejects;
    private Optional<Example> first = Optional.empty();

    /** @param personal replaces and counts personal data */
    Delivery(ReadSettings settings, PersonalData personal, ExampleSink sink, RejectSink rejects) {
        this.settings = settings;
        this.personal = personal;
        this.sink = sink;
        this.rejects = rejects;
    }

    /** Returns the counts so far. */
    ReadingAccount account() {
        return account;
    }

    /**
     * Passes an entry on. In strict mode no example is passed on after an unusable entry.
     *
     * @param content the original entry, which is stored if it cannot be used
     */
    void add(CheckedEntry entry, String content) throws IOException {
        account.add(entry);
        if (entry.example().isEmpty()) {
            reject(entry.violations(), content);
        } else if (!settings.strict() || account.isClean()) {
            first = first.isPresent() ? first : entry.example();
            sink.add(entry.example().get());
        }
    }

    /** Rejects what could not be read as an entry. */
    void refuse(EntryPlace place, String message, String content) throws IOException {
        List<Violation> why =
                List.of(new Violation(place.file(), place.entry(), place.line(), Optional.empty(), Optional.empty(), message));
        account.refuse(why);
        reject(why, content);
    }

    private void reject(List<Violation> why, String content) throws IOException {
        rejects.add(new Reject(why, personal.mask(content)));
    }

    /**
     * Returns the result of the whole data.
     *
     * @param absent a sentence without its full stop for each mapped field that no entry has
     * @throws InvalidDatasetException if there is no example, or in strict mode an unusable entry
     */
    ReadingResult result(UnknownLayout unknown, List<String> absent) {
        Optional<InvalidDatasetException> refusal = Verdict.refusal(account, unknown, absent, settings.strict());
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        return new ReadingResult(account.accepted(), account.refused(), account.layouts(), account.ignored(), first,
                new Omissions(account.leftOut(), personal.counts(), account.asText(), absent.stream().map(one -> one + ".").toList()));
    }
}
