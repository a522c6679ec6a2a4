package dev.apprentice.cli.client.answer;

import java.util.Optional;

/**
 * A judge's state.
 *
 * @param judge its name
 * @param state {@code ok}, {@code away} (answers wait for it) or {@code refused} (answers count as refused)
 * @param address where its model is asked
 * @param reason why it does not grade, in a sentence
 * @param waiting answers that wait for it, of all runs
 * @param configured whether it grades runs that name no judge; empty from an earlier judge-service
 */
public record JudgeStatus(
        String judge,
        String state,
        Optional<String> address,
        Optional<String> reason,
        int waiting,
        Optional<Boolean> configured) {

    public boolean grades() {
        return state.equals("ok");
    }

    /** Returns sentences for a person, if the judge does not grade. */
    @Override
    public String toString() {
        String who = "Judge '" + judge + "'" + address.map(where -> " at " + where).orElse("");
        // the reason may begin with the judge's name and address, since it stands alone elsewhere
        String why = reason.map(words -> ": " + words.replaceFirst("^judge '[^']*' at \\S+ ", "it ").replaceFirst("\\.$", ""))
                .orElse("");
        return state.equals("away")
                ? who + " is away" + why + ". " + waitingWords() + " graded when it is back."
                : who + " does not grade" + why + ". Its grades count as refused.";
    }

    private String waitingWords() {
        return switch (waiting) {
            case 0 -> "No answer waits for it now; those that come will be";
            case 1 -> "1 answer waits for it and will be";
            default -> waiting + " answers wait for it and will be";
        };
    }
}
