package dev.apprentice.trainer.run;

import dev.apprentice.contracts.event.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run's progress as far as it is remembered: the newest events, up to a limit. Guarded by the registry that holds it. */
final class ProgressHistory {

    private final Deque<ReportedProgress> events = new ArrayDeque<>();
    private final Map<Integer, Progress> conclusions = new HashMap<>();
    private int resumed;

    /** @param limit how many events to remember at most, at least 1 */
    void add(ReportedProgress event, int limit) {
        events.addLast(event);
        shortenTo(limit);
        resumed = event.progress().resumed().orElse(resumed);
        if (event.progress().phase().isFinal()) {
            conclusions.putIfAbsent(resumed, event.progress());
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

    /**
     * The first final event since the run was resumed for the last time; nothing that comes after it counts.
     *
     * @param times how often the run was resumed
     */
    Optional<Progress> conclusion(int times) {
        return Optional.ofNullable(conclusions.get(times));
    }

    /** Remembered events behind this offset, oldest first, without what ended the run before it was resumed. */
    List<ReportedProgress> since(long offset, int times) {
        return events.stream()
                .filter(event -> event.offset() > offset)
                .filter(event -> !event.progress().phase().isFinal() || event.progress() == conclusions.get(times))
                .toList();
    }
}
