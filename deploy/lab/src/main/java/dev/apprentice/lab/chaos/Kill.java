package dev.apprentice.lab.chaos;

import dev.apprentice.local.system.Member;
import java.time.Duration;
import java.util.Locale;

/**
 * A kill of a process.
 *
 * @param number counted from 1
 * @param run the run in progress
 * @param after the time since the run's start
 * @param member the member whose process was killed
 * @param moment what the run was doing, as far as could be observed
 */
record Kill(int number, String run, Duration after, Member member, String moment) {

    static final String HEADER = String.format("%4s  %-12s %9s  %-18s %s", "KILL", "RUN", "AFTER", "MEMBER", "WHILE");

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%4d  %-12s %7.1f s  %-18s %s", number, run, after.toMillis() / 1000.0, member, moment);
    }
}
