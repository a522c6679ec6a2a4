package dev.apprentice.cli.generate;

import dev.apprentice.chat.AnswerForm;
import dev.apprentice.chat.answer.AnswerFormat;
import dev.apprentice.chat.answer.Reading;
import dev.apprentice.contracts.run.Scale;

/**
 * A model that decides which of two answers is better. It is asked twice, with the answers in both orders, since models have a
 * position bias. An answer is preferred if it wins both times, or once with a tie.
 *
 * @param model the model that judges
 */
public record ComparingJudge(AskedModel model) {

    private static final AnswerForm<Reading> FORM = AnswerFormat.REASON_AND_PREFERENCE.form(Scale.TEXTBOOK);

    private static final String ASKED = """
            Below are an instruction, perhaps its input, and two answers, A and B. Judge which of them is better: which follows the \
            instruction, is right, and says what a person needs to know. That one is longer is no merit.

            Respond with nothing but a JSON object: {"reason": "...", "better": "A" or "B" or "tie"}

            Instruction: %s

            Input: %s

            Answer A: %s

            Answer B: %s""";

    /**
     * The judge's preference.
     *
     * @param second whether the second answer is preferred
     * @param readable whether the judge's answers had the requested form
     * @param reason the judge's reason, or why there is none
     */
    record Preference(boolean second, boolean readable, String reason) {}

    /** Compares two answers; prefers neither if a verdict cannot be read. */
    Preference prefers(String instruction, String input, String first, String second) {
        try {
            Reading straight = model.ask(ASKED.formatted(instruction, input, first, second), FORM);
            Reading swapped = model.ask(ASKED.formatted(instruction, input, second, first), FORM);
            double preference = 1 - straight.score() + swapped.score(); // the second answer's points, 0 to 2
            return new Preference(preference > 1, true, straight.reason().or(swapped::reason).orElse("no reason was given"));
        } catch (UnusableAnswerException e) {
            return new Preference(false, false, e.getMessage());
        }
    }
}
