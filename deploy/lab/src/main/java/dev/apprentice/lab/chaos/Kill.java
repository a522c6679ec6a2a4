package dev.apprentice.lab.chaos;

import dev.apprentice.local.system.Member;
import java.time.Duration;
import java.util.Locale;

/**
 * One process killed.
 *
 * @param number counted from 1
 * @param run the run that was under way
 * @param after how long into it
 * @param member whose process it was
 * @param moment what the run was doing, as far as could be seen
 */
record Kill(int number, String run, Duration after, Member member, String moment) {

    static final String HEADER = String.format("%4s  %-12s %9s  %-18s %s", "KILL", "RUN", "AFTER", "WHOM", "WHILE");

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%4d  %-12s %7.1f s  %-18s %s", number, run, after.toMillis() / 1000.0, member, moment);
    }
}
