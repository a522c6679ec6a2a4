package dev.apprentice.trainer.run;

import dev.apprentice.contracts.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A run's progress as far as it is remembered: the newest events, up to a limit. Guarded by the registry that holds it. */
final class ProgressHistory {

    private final Deque<ReportedProgress> events = new ArrayDeque<>();
    private Optional<Progress> conclusion = Optional.empty();

    /** @param limit how many events to remember at most, at least 1 */
    void add(ReportedProgress event, int limit) {
        events.addLast(event);
        shortenTo(limit);
        if (conclusion.isEmpty() && event.progress().phase().isFinal()) {
            conclusion = Optional.of(event.progress());
        }
    }

    void shortenTo(int limit) {
        while (events.size() > limit) {
            events.removeFirst();
        }
    }

    Optional<Progress> newest() {
        return Optional.ofNullable(events.peekLast()).map(ReportedProgress::progress);
    }

    /** The first final event; nothing that comes after it counts. */
    Optional<Progress> conclusion() {
        return conclusion;
    }

    /** Remembered events behind this offset, oldest first. */
    List<ReportedProgress> since(long offset) {
        return events.stream().filter(event -> event.offset() > offset).toList();
    }
}
