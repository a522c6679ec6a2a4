package dev.apprentice.judge.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Estimates the remaining time from the recent time per step, evaluations and checkpoints between steps included. Only the last
 * events count, so that an earlier slow phase does not distort the estimate.
 */
final class Pace {

    private static final int EVENTS = 64;

    private record Mark(int step, Instant at) {}

    private final Deque<Mark> marks = new ArrayDeque<>();

    void add(int step, Instant at) {
        Mark last = marks.peekLast();
        if (last != null && (step < last.step() || at.isBefore(last.at()))) {
            marks.clear(); // resumed from an earlier checkpoint, or by a trainer whose clock is behind the one before
        } else if (last != null && step == last.step()) {
            marks.removeLast();
        }
        marks.addLast(new Mark(step, at));
        if (marks.size() > EVENTS) {
            marks.removeFirst();
        }
    }

    /** Returns the time that this many further steps will take; empty while there are fewer than two events. */
    Optional<Duration> timeFor(int steps) {
        if (marks.size() < 2) {
            return Optional.empty();
        }
        Mark first = marks.getFirst();
        Mark last = marks.getLast();
        double perStep = (double) Duration.between(first.at(), last.at()).toMillis() / (last.step() - first.step());
        return Optional.of(Duration.ofMillis(Math.max(0, Math.round(perStep * steps))));
    }
}
