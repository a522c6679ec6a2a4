package dev.apprentice.judge.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How a judge is doing.
 *
 * @param judge its name, {@code [SERVER:]MODEL[@RUBRIC]}
 * @param state whether it grades
 * @param address where its model is asked; absent for metrics and for a judge that cannot be
 * @param reason why it does not grade, in one sentence with its server's words; absent while it does
 * @param since since when; absent while it grades
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

    /** Whether a judge grades; in JSON {@code ok}, {@code away} or {@code refused}. */
    public enum State {
        /** It grades, as far as is known. */
        OK,
        /** It does not answer; responses wait for it. */
        AWAY,
        /** It says that it gives no answer, or cannot be; responses count as refused. */
        REFUSED;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
