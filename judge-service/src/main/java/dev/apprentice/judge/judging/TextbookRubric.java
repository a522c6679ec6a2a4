package dev.apprentice.judge.judging;

import dev.apprentice.contracts.Response;
import dev.apprentice.prompts.PromptStyle;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The textbook's question: a score from 0 to 100, an integer only (Raschka, Build a Large Language Model (From Scratch),
 * chapter 7, {@code generate_model_scores}).
 *
 * <p>Read strictly: an integer from 0 to 100 in ASCII digits without leading zeros, alone but for white space around it
 * and one full stop after it. {@code 85}, {@code 85.} and a line break behind are read; {@code Score: 85}, {@code 85/100},
 * {@code 85.5} and {@code 101} are not: a number fished out of prose may be the wrong one.
 */
public final class TextbookRubric implements Rubric {

    private static final Pattern INTEGER_ONLY = Pattern.compile("(100|[1-9]?[0-9])\\.?");

    @Override
    public String question(Response response) {
        return "Given the input `" + PromptStyle.ALPACA.prompt(response.instruction(), response.input()) + "` "
                + "and correct output `" + response.output() + "`, "
                + "score the model response `" + response.response() + "`"
                + " on a scale from 0 to 100, where 100 is the best score. "
                + "Respond with the integer number only.";
    }

    @Override
    public Optional<Double> read(String answer) {
        Matcher integer = INTEGER_ONLY.matcher(answer.strip());
        return integer.matches() ? Optional.of(Double.valueOf(integer.group(1))) : Optional.empty();
    }
}
