package dev.apprentice.cli.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.chat.AnswerForm;
import dev.apprentice.chat.answer.AnswerFormat;
import dev.apprentice.chat.answer.Reading;
import dev.apprentice.cli.generate.file.Made;
import dev.apprentice.contracts.run.Scale;
import java.util.Optional;

/**
 * A model that scores what another model has written, from 0 to 100, with a reason.
 *
 * @param model the model that judges
 * @param least the lowest score that is good enough
 */
public record ScoringJudge(AskedModel model, int least) {

    private static final AnswerForm<Reading> FORM = AnswerFormat.REASON_AND_SCORE.form(Scale.TEXTBOOK);

    /**
     * Judges an example and sets its {@code score}. Returns the rejection; empty if the score is good enough. If the verdict
     * cannot be read, the example is rejected without a score.
     */
    Optional<Made.Rejected> against(ObjectNode example, String question) {
        Reading verdict;
        try {
            verdict = model.ask(question, FORM);
        } catch (UnusableAnswerException e) {
            return Optional.of(new Made.Rejected(example, Made.Why.UNREADABLE_VERDICT, e.getMessage()));
        }
        example.put("score", Math.round(verdict.score()));
        return verdict.score() >= least
                ? Optional.empty()
                : Optional.of(new Made.Rejected(example, Made.Why.LOW_SCORE, verdict.reason().orElse("no reason was given")));
    }
}
