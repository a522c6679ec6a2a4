package dev.apprentice.prompts.jinja.operation;

import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.TextBuilder;
import dev.apprentice.prompts.jinja.value.Values;

/** Pads a text to a width, as Python does. */
final class Padding {

    private static final Text ZERO = Text.of("0");

    private Padding() {}

    /** Where the padding is. */
    enum Side {
        BEFORE,
        AFTER,
        BOTH
    }

    /** @param filler one character */
    static Text padded(Text text, long width, Text filler, Side side, Budget budget) {
        if (Values.length(filler, budget) != 1) {
            throw new TemplateException("'fillchar' has " + Values.length(filler, budget) + " characters; it must have one");
        }
        int length = Values.length(text, budget);
        if (width <= length) {
            return text;
        }
        budget.requireSize(width);
        int missing = (int) width - length;
        int before = switch (side) {
            case BEFORE -> missing;
            case AFTER -> 0;
            case BOTH -> missing / 2 + (missing & (int) width & 1); // Python's choice of the side that gets one more
        };
        return new TextBuilder(budget)
                .append(filler.toString().repeat(before), filler.author(0))
                .append(text)
                .append(filler.toString().repeat(missing - before), filler.author(0))
                .build();
    }

    /**
     * Pads a number with zeros, which come after its sign.
     *
     * @param signs the characters that are signs
     */
    static Text zeros(Text text, String signs, long width, Budget budget) {
        if (text.isEmpty() || signs.indexOf(text.toString().charAt(0)) < 0) {
            return padded(text, width, ZERO, Side.BEFORE, budget);
        }
        budget.part(text, text.length());
        return new TextBuilder(budget)
                .append(text.part(0, 1))
                .append(padded(text.part(1, text.length()), width - 1, ZERO, Side.BEFORE, budget))
                .build();
    }
}
