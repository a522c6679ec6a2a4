package dev.apprentice.judge.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The status of a judge.
 *
 * @param judge its name, {@code [SERVER:]MODEL[@RUBRIC]}
 * @param state whether it grades
 * @param address the address of its model's server; absent for metrics and for invalid names
 * @param reason why it does not grade, in one sentence with its server's message; absent while it grades
 * @param since since when it has not graded; absent while it grades
 * @param waiting responses that wait for it
 * @param configured whether it grades runs that name no judge
 */
public record JudgeStatus(
        String judge,
        State state,
        Optional<String> address,
        Optional<String> reason,
        Optional<Instant> since,
        int waiting,
        boolean configured) {

    /** The state of a judge; in JSON {@code ok}, {@code away} or {@code refused}. */
    public enum State {
        /** It grades, as far as is known. */
        OK,
        /** It does not answer; responses wait for it. */
        AWAY,
        /** Its server refuses to answer, or its name is invalid; responses count as refused. */
        REFUSED;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
