package dev.apprentice.cli.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.chat.AnswerForm;
import dev.apprentice.chat.answer.AnswerFormat;
import dev.apprentice.chat.answer.Reading;
import dev.apprentice.cli.generate.file.Made;
import dev.apprentice.contracts.run.Scale;
import java.util.Optional;

/**
 * A model that scores what another has written, from 0 to 100, and says why.
 *
 * @param model that judges
 * @param least the score that is good enough
 */
public record ScoringJudge(AskedModel model, int least) {

    private static final AnswerForm<Reading> FORM = AnswerFormat.REASON_AND_SCORE.form(Scale.TEXTBOOK);

    /**
     * What the judge has against an example, whose {@code score} is set; empty where it is good enough. A verdict that cannot be read
     * is no score.
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
